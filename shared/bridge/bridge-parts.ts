import { presentParts, type PartPresentation } from '../link/present-parts.ts';
import type { LinkStatus } from '../link/status.ts';
import { hasStoppedHere, isFallback, isMadeHere, type Shown } from './shown.ts';

/**
 * The parts of link and picture in words. While this computer's picture is on, route and inference are its own;
 * signalling and media stay the link's, which may be on its way back.
 *
 * @param runMs Median milliseconds of the local model's run; null where none is known.
 */
export function bridgeParts(status: LinkStatus, shown: Shown, runMs: number | null): PartPresentation[] {
  const parts = presentParts(status);
  if (!isMadeHere(shown)) return parts;
  return parts.map((part) => {
    if (part.part === 'route') return route(status, shown);
    return part.part === 'inference' ? inference(shown, runMs) : part;
  });
}

function route({ endpoint, state }: LinkStatus, shown: Shown): PartPresentation {
  if (state.phase === 'idle' || endpoint === null)
    return { part: 'route', tone: 'live', label: 'Local', detail: 'This computer makes the picture' };
  const waits = isFallback(shown);
  return {
    part: 'route',
    tone: waits ? 'warning' : 'busy',
    label: 'Local for now',
    detail: waits ? `In the place of ${endpoint.name}` : `Until ${endpoint.name} is there`,
  };
}

function inference(shown: Shown, runMs: number | null): PartPresentation {
  const part = 'inference';
  if (hasStoppedHere(shown)) return { part, tone: 'warning', label: 'Stopped here' };
  const ran = runMs === null ? null : runMs < 9.95 ? runMs.toFixed(1) : Math.round(runMs);
  return { part, tone: 'live', label: ran === null ? 'Running here' : `Here, ${ran} ms` };
}
