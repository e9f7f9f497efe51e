import type { Runner, RunnerEntry } from '../../../shared/ipc/runner-channels.ts';

/** The list as main takes it; each runner's token stays the one that is stored for its address. */
export const asKept = (list: readonly Runner[]): RunnerEntry[] =>
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

/**
 * The list with this runner first, wherever it stood. One that is only offered was no choice, and makes room: it is
 * found again on this computer for as long as it runs.
 */
export function usedFirst(list: readonly Runner[], entry: RunnerEntry): RunnerEntry[] {
  return [entry, ...asKept(list.filter(({ url, offered }) => url !== entry.url && !offered))];
}

/** The list with a runner in the place of the one that had this address. */
export function replaced(list: readonly Runner[], url: string, entry: RunnerEntry): RunnerEntry[] {
  return list.map((runner) =>
    runner.url === url ? entry : { url: runner.url, name: runner.name, token: null },
  );
}

const ownNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether two addresses lead to one runner, as far as can be told: this machine goes by several names. */
export function leadToOne(one: string, other: string): boolean {
  const [here, there] = [URL.parse(one), URL.parse(other)];
  if (here === null || there === null) return one === other;
  const same =
    here.hostname === there.hostname || (ownNames.has(here.hostname) && ownNames.has(there.hostname));
  return (
    same && here.port === there.port && here.protocol === there.protocol && here.pathname === there.pathname
  );
}
