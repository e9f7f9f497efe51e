import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wholePart, type WholePart } from './whole-part.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'linkspan-whole-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function partOf(bytes: Uint8Array): WholePart {
  const file = path.join(folder, 'cut.webm');
  writeFileSync(file, bytes);
  return wholePart(file);
}
const lengthOf = (bytes: Uint8Array): number => partOf(bytes).bytes;

/** A size of eight bytes, as Chromium writes it; null for one that is not known yet. */
const size = (content: number | null): Buffer => {
  const bytes = Buffer.alloc(8, 0xff);
  if (content !== null) bytes.writeBigUInt64BE(BigInt(content));
  bytes[0] = 1;
  return bytes;
};
const element = (id: string, content: Buffer): Buffer =>
  Buffer.concat([Buffer.from(id, 'hex'), size(content.length), content]);
const opened = (id: string): Buffer => Buffer.concat([Buffer.from(id, 'hex'), size(null)]);
const block = (bytes: number): Buffer => element('a3', Buffer.alloc(bytes, 0xa3));

const head = Buffer.concat([
  element('1a45dfa3', Buffer.alloc(31)),
  opened('18538067'),
  element('1549a966', Buffer.alloc(25)),
]);
const clusterHead = Buffer.concat([opened('1f43b675'), element('e7', Buffer.from([0]))]);

describe('the whole part of a recording', () => {
  it('is all of a file that ends with a frame, of known and of unknown sizes', () => {
    const file = Buffer.concat([head, clusterHead, block(10), block(300_000), clusterHead, block(20)]);
    expect(partOf(file)).toEqual({ bytes: file.length, frames: 3 });
    const known = Buffer.concat([head, element('1f43b675', Buffer.concat([block(10), block(20)]))]);
    expect(lengthOf(known)).toBe(known.length);
  });

  it('ends before a frame that is torn, wherever it is', () => {
    const whole = Buffer.concat([head, clusterHead, block(10)]);
    const next = block(700_000);
    for (const cut of [1, 5, 9, 10, 300_000, next.length - 1])
      expect(lengthOf(Buffer.concat([whole, next.subarray(0, cut)]))).toBe(whole.length);
    expect(lengthOf(Buffer.concat([whole, next]))).toBe(whole.length + next.length);
  });

  it('ends before damage, and is nothing of a file that is no WebM', () => {
    const whole = Buffer.concat([head, clusterHead, block(10)]);
    expect(lengthOf(Buffer.concat([whole, Buffer.alloc(40)]))).toBe(whole.length);
    expect(lengthOf(Buffer.from('\0\0no video'))).toBe(0);
    expect(partOf(Buffer.alloc(0))).toEqual({ bytes: 0, frames: 0 });
    expect(partOf(head)).toEqual({ bytes: head.length, frames: 0 });
  });
});
