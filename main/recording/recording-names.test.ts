import { describe, expect, it } from 'vitest';
import { freeStem, stampedName, stemOf, whenDone, whileRecorded } from './recording-names.ts';

describe('names of recordings', () => {
  it('are local time, padded, and without a character that a file system refuses', () => {
    const name = stampedName(new Date(2026, 10, 5, 2, 31, 5));
    expect(name).toBe('Linkspan 2026-11-05 02.31.05');
    expect(whenDone(name)).not.toMatch(/[<>:"/\\|?*]/);
  });

  it('tell a recording that is not finished from one that is', () => {
    expect(stemOf(whileRecorded('/videos/a.b'))).toBe('/videos/a.b');
    expect(stemOf(whenDone('/videos/a'))).toBeNull();
  });

  it('count up past what is there', async () => {
    const taken = new Set(['a', 'a (2)']);
    expect(await freeStem('a', (stem) => Promise.resolve(taken.has(stem)))).toBe('a (3)');
    expect(await freeStem('b', (stem) => Promise.resolve(taken.has(stem)))).toBe('b');
  });
});
