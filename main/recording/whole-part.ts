import { closeSync, openSync, readSync } from 'node:fs';
import { scanBytes } from './defaults.ts';

/** Elements of a live WebM whose content is looked into: all others are passed over as a whole (RFC 9559). */
const segment = 0x18538067;
const cluster = 0x1f43b675;
/** One frame each. */
const blocks: readonly number[] = [0xa3, 0xa0];

/** Longest id (4) and size (8) of an element, bytes. */
const headerMaxBytes = 12;

interface Header {
  id: number;
  /** Bytes of id and size. */
  length: number;
  /** Bytes of content; null for an element that ends where the next of its kind begins. */
  content: number | null;
}

/** Bytes of the number that begins with this byte; more than 8 stands for damage. */
const widthOf = (first: number): number => Math.clz32(first) - 23;

/** @returns Null for what is no element: its beginning is cut off, or damaged. */
function readHeader(bytes: Uint8Array): Header | null {
  const idWidth = widthOf(bytes[0] ?? 0);
  const sizeWidth = widthOf(bytes[idWidth] ?? 0);
  const length = idWidth + sizeWidth;
  if (idWidth > 4 || sizeWidth > 8 || length > bytes.length) return null;
  let id = 0;
  for (const byte of bytes.subarray(0, idWidth)) id = id * 256 + byte;
  let content = bytes[idWidth]! & (0xff >> sizeWidth);
  let isUnknown = content === 0xff >> sizeWidth;
  for (const byte of bytes.subarray(idWidth + 1, length)) {
    content = content * 256 + byte;
    isUnknown &&= byte === 0xff;
  }
  return { id, length, content: isUnknown ? null : content };
}

export interface WholePart {
  /** From the beginning. */
  bytes: number;
  frames: number;
}

/**
 * How much of a WebM that was cut off can be read: up to the last frame that is there as a whole. Readers drop more
 * than that when the last one is torn: all since the last key frame. Blocks; meant for a worker.
 *
 * @throws When the file cannot be read.
 */
export function wholePart(file: string): WholePart {
  const descriptor = openSync(file, 'r');
  try {
    const piece = Buffer.alloc(scanBytes);
    let pieceAt = 0;
    let pieceLength = 0;
    /** A few bytes at `at`; fewer at the end of the file. */
    const look = (at: number): Uint8Array => {
      if (at < pieceAt || at + headerMaxBytes > pieceAt + pieceLength) {
        pieceLength = readSync(descriptor, piece, 0, scanBytes, at);
        pieceAt = at;
      }
      return piece.subarray(at - pieceAt, Math.min(at - pieceAt + headerMaxBytes, pieceLength));
    };
    const isThere = (end: number): boolean => look(end - 1).length > 0;
    let end = 0;
    let frames = 0;
    for (;;) {
      const header = readHeader(look(end));
      if (header === null) return { bytes: end, frames };
      const inside = header.id === segment || header.id === cluster;
      const next = end + header.length + (inside ? 0 : (header.content ?? 0));
      if (!isThere(next)) return { bytes: end, frames };
      if (blocks.includes(header.id)) frames += 1;
      end = next;
    }
  } finally {
    closeSync(descriptor);
  }
}
