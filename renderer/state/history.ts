/** The newest of something that never ends, the last of them last. */
export interface History<Item> {
  /** How many came before the first that is kept: with it, an item's number never changes. */
  dropped: number;
  items: readonly Item[];
}

export const emptyHistory: History<never> = { dropped: 0, items: [] };

/** Adds to a history and lets go what goes beyond `most`. */
export function remember<Item>(
  { dropped, items }: History<Item>,
  more: readonly Item[],
  most: number,
): History<Item> {
  const all = [...items, ...more];
  const excess = Math.max(0, all.length - most);
  return { dropped: dropped + excess, items: all.slice(excess) };
}
