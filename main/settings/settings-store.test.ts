import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { knownFilesMax, pipelinesMax } from './defaults.ts';
import { defaultDocument, type SettingsDocument } from './document.ts';
import { SettingsStore } from './settings-store.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp(document: SettingsDocument = defaultDocument()) {
  const written: SettingsDocument[] = [];
  const failures: unknown[] = [];
  let full = false;
  const store = new SettingsStore(
    document,
    {
      write: (next) => {
        if (full) throw new Error('ENOSPC');
        written.push(structuredClone(next));
      },
    },
    (error) => failures.push(error),
  );
  return { store, written, failures, fill: (value: boolean) => (full = value) };
}

describe('settings', () => {
  it('A38: are on disk at most 250 ms after the first change, however many follow', () => {
    const { store, written } = setUp();
    store.mergeParameters('sketch', { strength: 0.1 });
    for (let step = 2; step <= 24; step += 1) {
      vi.advanceTimersByTime(10);
      store.mergeParameters('sketch', { strength: step / 10 });
    }
    vi.advanceTimersByTime(20);
    expect(written.at(0)?.parameters).toEqual({ sketch: { strength: 2 } });
    vi.advanceTimersByTime(250);
    expect(written.at(-1)?.parameters).toEqual({ sketch: { strength: 2.4 } });
    expect(written).toHaveLength(2);
  });

  it('A38: are written at once on quit, and only when there is something to write', () => {
    const { store, written } = setUp();
    store.flush();
    expect(written).toEqual([]);
    store.patchUser({ theme: 'dark' });
    store.flush();
    vi.advanceTimersByTime(1_000);
    expect(written.map(({ user }) => user.theme)).toEqual(['dark']);
  });

  it('A38: keep the last parameters of each pipeline apart', () => {
    const { store } = setUp();
    store.mergeParameters('sketch', { strength: 0.5, ink: [0, 0, 0] });
    store.mergeParameters('thermal', { gain: 2 });
    store.mergeParameters('sketch', { strength: 0.7 });
    expect(store.allParameters()).toEqual({
      thermal: { gain: 2 },
      sketch: { strength: 0.7, ink: [0, 0, 0] },
    });
  });

  it('A36: neither what came in nor what goes out is the stored object', () => {
    const { store } = setUp();
    const ink = [0, 0, 0];
    const values = { ink, strength: 1 };
    store.mergeParameters('sketch', values);
    ink[0] = 9;
    values.strength = 9;
    const out = store.parameters('sketch');
    (out['ink'] as number[])[1] = 9;
    store.allParameters()['sketch'] = {};
    store.user().theme = 'dark';
    expect(store.parameters('sketch')).toEqual({ ink: [0, 0, 0], strength: 1 });
    expect(store.user().theme).toBe('system');
  });

  it('a failed write is told, loses nothing, and is made good by the next one', () => {
    const { store, written, failures, fill } = setUp();
    fill(true);
    store.patchUser({ theme: 'dark' });
    vi.advanceTimersByTime(250);
    expect(failures).toHaveLength(1);
    fill(false);
    store.patchUser({ streaming: false });
    vi.advanceTimersByTime(250);
    expect(written.at(-1)?.user).toMatchObject({ theme: 'dark', streaming: false });
  });

  it('are bounded: the pipeline and the file that were used longest ago go first', () => {
    const { store } = setUp();
    for (let index = 0; index <= pipelinesMax; index += 1) store.mergeParameters(`p${index}`, { x: index });
    for (let index = 0; index <= knownFilesMax; index += 1) store.rememberFile(`/v/${index}.mp4`);
    expect(Object.keys(store.allParameters())).toHaveLength(pipelinesMax);
    expect(store.parameters('p0')).toEqual({});
    expect(store.parameters(`p${pipelinesMax}`)).toEqual({ x: pipelinesMax });
    expect(store.knowsFile('/v/0.mp4')).toBe(false);
    expect(store.knowsFile(`/v/${knownFilesMax}.mp4`)).toBe(true);
  });
});
