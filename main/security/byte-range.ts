/** Inclusive, like the header's own numbers. */
export interface ByteRange {
  first: number;
  last: number;
}

export type RangeRequest = { kind: 'none' } | { kind: 'range'; range: ByteRange } | { kind: 'unsatisfiable' };

/**
 * Reads a `Range` header (RFC 9110, 14.2) of one range.
 *
 * @param size Bytes that there are.
 * @param longest Most bytes answered at once; a player asks again for the rest.
 * @returns `none` when there is no header or none that we understand: then everything is sent.
 */
export function parseRange(header: string | null, size: number, longest: number): RangeRequest {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  const [from, to] = [match?.[1] ?? '', match?.[2] ?? ''];
  if (from === '' && to === '') return { kind: 'none' };
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const asked = from === '' || to === '' ? size - 1 : Number(to);
  const last = Math.min(asked, size - 1, first + longest - 1);
  if (first >= size || last < first) return { kind: 'unsatisfiable' };
  return { kind: 'range', range: { first, last } };
}
