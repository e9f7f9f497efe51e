import { describe, expect, it } from 'vitest';
import type { Runner } from '../../../shared/ipc/runner-channels.ts';
import { asKept, leadToOne, moved, replaced, usedFirst } from './list-edits.ts';

const runner = (name: string, offered = false): Runner => ({
  name,
  url: `wss://${name}.example/ws`,
  hasToken: true,
  offered,
});
const entry = { name: 'New', url: 'wss://new.example/ws', token: 'secret' };
const names = (list: readonly { name: string }[]): string[] => list.map(({ name }) => name);

describe('the list of runners', () => {
  it('moves one up or down, and none beyond its ends', () => {
    const list = ['a', 'b', 'c'];
    expect(moved(list, 1, -1)).toEqual(['b', 'a', 'c']);
    expect(moved(list, 1, 1)).toEqual(['a', 'c', 'b']);
    expect(moved(list, 0, -1)).toEqual(list);
    expect(moved(list, 2, 1)).toEqual(list);
    expect(moved(list, 9, -1)).toEqual(list);
    expect(list).toEqual(['a', 'b', 'c']);
  });

  it('S10: keeps every stored token and sends none but the one that was typed', () => {
    const list = [runner('a'), runner('b')];
    expect(asKept(list).map(({ token }) => token)).toEqual([null, null]);
    expect(usedFirst(list, entry).map(({ token }) => token)).toEqual(['secret', null, null]);
    expect(replaced(list, list[1]!.url, entry).map(({ token }) => token)).toEqual([null, 'secret']);
  });

  it('puts the one that is to be used first, once, and drops what was only offered', () => {
    const list = [runner('offered', true), runner('a'), { ...runner('new'), name: 'Old name' }];
    expect(names(usedFirst(list, entry))).toEqual(['New', 'a']);
    expect(names(usedFirst([runner('a'), runner('b')], { ...entry, ...asKept([runner('b')])[0] }))).toEqual([
      'b',
      'a',
    ]);
  });

  it('gives a runner that is changed the place that it had', () => {
    expect(names(replaced([runner('a'), runner('b'), runner('c')], runner('b').url, entry))).toEqual([
      'a',
      'New',
      'c',
    ]);
  });

  it('knows this machine by each of its names', () => {
    expect(leadToOne('ws://127.0.0.1:8765/ws', 'ws://localhost:8765/ws')).toBe(true);
    expect(leadToOne('ws://[::1]:8765/ws', 'ws://127.0.0.1:8765/ws')).toBe(true);
    expect(leadToOne('ws://127.0.0.1:8765/ws', 'ws://127.0.0.1:8766/ws')).toBe(false);
    expect(leadToOne('ws://127.0.0.1:8765/ws', 'ws://gpu-box:8765/ws')).toBe(false);
    expect(leadToOne('nonsense', 'nonsense')).toBe(true);
  });
});
