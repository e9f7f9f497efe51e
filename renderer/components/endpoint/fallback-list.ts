import type { EndpointChoice } from '../../../shared/settings/schema.ts';
import type { Fallback } from '../../state/app-effect.ts';

/** As many as the settings hold. */
export const mostFallbacks = 8;

/** The list as main takes it; each runner's token stays the one that is stored for its address. */
export const asKept = (list: readonly EndpointChoice[]): Fallback[] =>
  list.map(({ url, name }) => ({ url, name, token: null }));

/** The list with one of its items a place further up (-1) or down (1); as it was where that is not possible. */
export function moved<Item>(list: readonly Item[], index: number, by: -1 | 1): Item[] {
  const copy = [...list];
  const [item] = copy.splice(index, 1);
  const place = index + by;
  if (item === undefined || place < 0 || place >= list.length) return [...list];
  copy.splice(place, 0, item);
  return copy;
}
