import { describe, expect, it } from 'vitest';
import { asKept, moved } from './fallback-list.ts';

describe('the list of fallbacks', () => {
  it('moves one up or down, and none beyond its ends', () => {
    const list = ['a', 'b', 'c'];
    expect(moved(list, 1, -1)).toEqual(['b', 'a', 'c']);
    expect(moved(list, 1, 1)).toEqual(['a', 'c', 'b']);
    expect(moved(list, 0, -1)).toEqual(list);
    expect(moved(list, 2, 1)).toEqual(list);
    expect(moved(list, 9, -1)).toEqual(list);
    expect(list).toEqual(['a', 'b', 'c']);
  });

  it('S10: keeps every stored token and sends none', () => {
    const lab = { name: 'The lab', url: 'wss://lab.example/ws' };
    expect(asKept([lab])).toEqual([{ ...lab, token: null }]);
  });
});
