import type { Page } from 'playwright';

/** sRGB, 0–255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Which video: what the runner sent back, or what is sent to it. */
export type VideoName = 'output-video' | 'source-video';

/** The pixels of one frame. */
export class Picture {
  readonly width: number;
  readonly height: number;
  readonly #rgba: readonly number[];

  constructor(width: number, height: number, rgba: readonly number[]) {
    this.width = width;
    this.height = height;
    this.#rgba = rgba;
  }

  /** @param x @param y Place in the picture, 0–1 from its upper left corner. */
  at(x: number, y: number): Rgb {
    const column = Math.min(this.width - 1, Math.floor(x * this.width));
    const row = Math.min(this.height - 1, Math.floor(y * this.height));
    return this.#pixel(row * this.width + column);
  }

  /** The middle value of each channel in a part of the picture; its bounds are 0–1. */
  median(part: { left: number; top: number; right: number; bottom: number }): Rgb {
    const channels: [number[], number[], number[]] = [[], [], []];
    for (let row = Math.ceil(part.top * this.height); row < part.bottom * this.height; row += 1) {
      for (let column = Math.ceil(part.left * this.width); column < part.right * this.width; column += 1) {
        for (const [channel, value] of this.#pixel(row * this.width + column).entries())
          channels[channel]!.push(value);
      }
    }
    const middle = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
    return [middle(channels[0]), middle(channels[1]), middle(channels[2])];
  }

  mean(): Rgb {
    const sum = [0, 0, 0];
    for (const pixel of this.#pixels()) for (const [index, value] of pixel.entries()) sum[index]! += value;
    const count = this.width * this.height;
    return [sum[0]! / count, sum[1]! / count, sum[2]! / count];
  }

  /** Share of the pixels, 0–1, of which no channel is further than `within` from the colour. */
  shareNear(colour: Rgb, within: number): number {
    let near = 0;
    for (const pixel of this.#pixels()) if (distance(pixel, colour) <= within) near += 1;
    return near / (this.width * this.height);
  }

  /** Mean difference of all channels from another picture of the same size, 0–255. */
  differenceFrom(other: Picture): number {
    let sum = 0;
    for (let index = 0; index < this.width * this.height; index += 1) {
      const mine = this.#pixel(index);
      const theirs = other.#pixel(index);
      for (let channel = 0; channel < 3; channel += 1) sum += Math.abs(mine[channel]! - theirs[channel]!);
    }
    return sum / (this.width * this.height * 3);
  }

  #pixel(index: number): Rgb {
    const at = index * 4;
    return [this.#rgba[at]!, this.#rgba[at + 1]!, this.#rgba[at + 2]!];
  }

  *#pixels(): Generator<Rgb> {
    for (let index = 0; index < this.width * this.height; index += 1) yield this.#pixel(index);
  }
}

/** The largest difference of any channel. */
export function distance(a: Rgb, b: Rgb): number {
  return Math.max(...a.map((value, channel) => Math.abs(value - b[channel]!)));
}

/**
 * The frame that the window shows now; waits for the first one.
 *
 * @param size Side in pixels to which the frame is scaled; enough for colours and shapes, quick to carry over.
 */
export async function readPicture(
  page: Page,
  video: VideoName = 'output-video',
  size = 96,
): Promise<Picture> {
  await page.waitForFunction(
    (video) => document.querySelector<HTMLVideoElement>(`[data-testid="${video}"]`)?.videoWidth,
    video,
  );
  const rgba = await page.evaluate(
    ({ video, size }) => {
      const element = document.querySelector<HTMLVideoElement>(`[data-testid="${video}"]`);
      if (!element) throw new Error(`${video} is gone`);
      const context = new OffscreenCanvas(size, size).getContext('2d', { willReadFrequently: true });
      if (!context) throw new Error('No 2D context');
      context.drawImage(element, 0, 0, size, size);
      return Array.from(context.getImageData(0, 0, size, size).data);
    },
    { video, size },
  );
  return new Picture(size, size, rgba);
}
