import { presentParts, type PartPresentation } from '../../../shared/link/present-parts.ts';
import { useApp } from '../../state/app-context.ts';

/** The link's parts in words; while nothing runs, the route is the one that a start would take. */
export function useLinkParts(): PartPresentation[] {
  const status = useApp((state) => state.status);
  const chosen = useApp((state) => state.endpoint);
  return presentParts(status.endpoint === null ? { ...status, endpoint: chosen } : status);
}
