import { bridgeParts } from '../../../shared/bridge/bridge-parts.ts';
import type { PartPresentation } from '../../../shared/link/present-parts.ts';
import { useApp } from '../../state/app-context.ts';

/** The link's parts in words; while nothing runs, the route is the one that a start would take. */
export function useLinkParts(): PartPresentation[] {
  const status = useApp((state) => state.status);
  const chosen = useApp((state) => state.endpoint);
  const shown = useApp((state) => state.shown);
  const runMs = useApp(({ local }) => (local.phase === 'ready' ? (local.figures?.runMs ?? null) : null));
  return bridgeParts(status.endpoint === null ? { ...status, endpoint: chosen } : status, shown, runMs);
}
