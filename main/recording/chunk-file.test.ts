import { describe, expect, it } from 'vitest';
import { ChunkFile, type Appendable } from './chunk-file.ts';
import { maxWaitingBytes } from './defaults.ts';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const diskError = (code: string): Error => Object.assign(new Error(code), { code });

/** A disk that takes each piece only when it is told to. */
function slowDisk() {
  const held: { bytes: Uint8Array; done: PromiseWithResolvers<void> }[] = [];
  const content: number[] = [];
  const calls: string[] = [];
  const handle: Appendable = {
    writeFile: async (piece) => {
      const done = Promise.withResolvers<void>();
      held.push({ bytes: piece, done });
      await done.promise;
      content.push(...piece.subarray(0, 8));
      calls.push('write');
    },
    datasync: async () => void calls.push('sync'),
    close: async () => void calls.push('close'),
  };
  /** Lets everything that can happen by itself happen. */
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const take = async (): Promise<void> => {
    await settle();
    held.shift()!.done.resolve();
    await settle();
  };
  const refuse = async (code: string): Promise<void> => {
    await settle();
    held.shift()!.done.reject(diskError(code));
    await settle();
  };
  return { handle, content, calls, take, refuse, settle, held };
}

describe('a file that grows piece by piece', () => {
  it('writes pieces in the order of the calls, one at a time, however slow the disk is', async () => {
    const disk = slowDisk();
    const file = new ChunkFile(disk.handle);
    const answers = [bytes(1), bytes(2, 2), bytes(3)].map((piece) => file.write(piece));
    await disk.settle();
    expect(disk.held).toHaveLength(1);
    for (let piece = 0; piece < 3; piece += 1) await disk.take();
    expect(await Promise.all(answers)).toEqual([1, 3, 4].map((value) => ({ ok: true, value })));
    expect(disk.content).toEqual([1, 2, 2, 3]);
    expect(disk.calls).toEqual(['write', 'sync', 'write', 'sync', 'write', 'sync']);
  });

  it('answers a piece only when it would outlast a crash', async () => {
    const disk = slowDisk();
    const file = new ChunkFile(disk.handle);
    let answered = false;
    void file.write(bytes(1)).then(() => (answered = true));
    await disk.settle();
    expect(answered).toBe(false);
    await disk.take();
    expect(answered).toBe(true);
  });

  it('leaves no hole when the disk is full: what comes later is refused as well', async () => {
    const disk = slowDisk();
    const file = new ChunkFile(disk.handle);
    const answers = [bytes(1), bytes(2), bytes(3)].map((piece) => file.write(piece));
    await disk.take();
    await disk.refuse('ENOSPC');
    const full = { ok: false, problem: 'The disk is full.' };
    expect(await Promise.all(answers)).toEqual([{ ok: true, value: 1 }, full, full]);
    expect(await file.write(bytes(4))).toEqual(full);
    expect(disk.content).toEqual([1]);
    await file.close();
    expect(disk.calls.at(-1)).toBe('close');
  });

  it('closes behind what waits, and takes nothing after', async () => {
    const disk = slowDisk();
    const file = new ChunkFile(disk.handle);
    void file.write(bytes(1));
    const closed = file.close();
    expect(await file.write(bytes(2))).toEqual({ ok: false, problem: 'The recording has ended.' });
    await disk.take();
    await closed;
    expect(disk.calls).toEqual(['write', 'sync', 'close']);
  });

  it('holds no more than it is allowed to for a disk that does not keep up', async () => {
    const disk = slowDisk();
    const file = new ChunkFile(disk.handle);
    const large = new Uint8Array(maxWaitingBytes / 2);
    const taken = [file.write(large), file.write(large)];
    expect(await file.write(bytes(1))).toEqual({
      ok: false,
      problem: 'The disk is too slow for this recording.',
    });
    // What was taken is kept; after a refusal nothing is taken, or the file had a hole.
    await disk.take();
    expect((await file.write(bytes(1))).ok).toBe(false);
    await disk.take();
    expect((await Promise.all(taken)).map(({ ok }) => ok)).toEqual([true, true]);
  });

  it('does not fail over a file that cannot be closed', async () => {
    const disk = slowDisk();
    const handle = { ...disk.handle, close: () => Promise.reject(diskError('EIO')) };
    expect(await new ChunkFile(handle).close()).toBe('The disk reports an error.');
  });
});
