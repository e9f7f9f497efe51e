import { bridgeParts } from '../../../shared/bridge/bridge-parts.ts';
import type { PartPresentation } from '../../../shared/link/present-parts.ts';
import { useApp } from '../../state/app-context.ts';
import { runsHereOnly } from '../../state/local-pipelines.ts';

const localRoute: PartPresentation = {
  part: 'route',
  tone: 'idle',
  label: 'Local',
  detail: 'This computer will make the picture',
};

/** The link's parts in words; while there is no picture yet, the route is the one that a start would take. */
export function useLinkParts(): PartPresentation[] {
  const status = useApp((state) => state.status);
  const chosen = useApp((state) => state.endpoint);
  const shown = useApp((state) => state.shown);
  const runMs = useApp(({ local }) => (local.phase === 'ready' ? (local.figures?.runMs ?? null) : null));
  const here = useApp(runsHereOnly);
  const parts = bridgeParts(
    status.endpoint === null ? { ...status, endpoint: chosen } : status,
    shown,
    runMs,
  );
  return shown.kind === 'none' && here ? [localRoute, ...parts.slice(1)] : parts;
}
