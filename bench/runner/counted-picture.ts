import type { I420Frame } from '../../runner/src/inference/index.ts';
import type { VideoClient } from '../../tests/runner/video-client.ts';
import { frameMs } from './moving-picture.ts';

const width = 320;
const height = 240;
/** A session of 36 minutes until numbers come again. */
const bits = 16;
const cell = width / bits;
const lumas = [40, 210] as const;

function numbered(number: number): I420Frame {
  const data = new Uint8Array(width * height * 1.5).fill(128, width * height);
  const row = new Uint8Array(width);
  for (let bit = 0; bit < bits; bit += 1) {
    row.fill(lumas[((number >> bit) & 1) as 0 | 1], bit * cell, (bit + 1) * cell);
  }
  for (let y = 0; y < height; y += 1) data.set(row, y * width);
  return { width, height, data };
}

function read(frame: I420Frame): number {
  const scale = frame.width / width;
  const line = frame.width * (frame.height >> 1);
  let number = 0;
  for (let bit = 0; bit < bits; bit += 1) {
    const luma = frame.data[line + Math.floor((bit + 0.5) * cell * scale)]!;
    if (luma > (lumas[0] + lumas[1]) / 2) number |= 1 << bit;
  }
  return number;
}

/**
 * Sends numbered frames, and keeps the numbers of those that come back: which are missing shows what was lost on the
 * way, in either direction.
 */
export class CountedPicture {
  readonly #back = new Set<number>();
  readonly #timer: NodeJS.Timeout;
  #number = 0;

  constructor(video: VideoClient) {
    this.#timer = setInterval(() => video.show(numbered(++this.#number & 0xffff)), frameMs);
    void video.seen((frame) => {
      this.#back.add(read(frame));
      return false;
    });
  }

  /** Forgets what came so far. */
  begin(): void {
    this.#back.clear();
  }

  /** Between the first and the last frame that came back since then. */
  tally(): { back: number; missed: number } {
    const numbers = [...this.#back];
    const span = Math.max(...numbers) - Math.min(...numbers) + 1;
    return { back: numbers.length, missed: span - numbers.length };
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
