/**
 * The value in the middle, of an even number the higher of the two.
 *
 * @throws {RangeError} If there are none; that is a programming error.
 */
export function median(values: readonly number[]): number {
  const middle = values.toSorted((a, b) => a - b)[values.length >> 1];
  if (middle === undefined) throw new RangeError('median: there are no values');
  return middle;
}
