import type { Locator } from 'playwright';

/** Mean red, green and blue, 0–255, of a part of what a video shows; the part in fractions of its size. */
export async function meanColour(
  video: Locator,
  part: { x: number; y: number; width: number; height: number },
): Promise<[number, number, number]> {
  return video.evaluate((element, part) => {
    const shown = element as HTMLVideoElement;
    const canvas = new OffscreenCanvas(32, 32);
    const context = canvas.getContext('2d', { willReadFrequently: true })!;
    const { videoWidth: width, videoHeight: height } = shown;
    context.drawImage(
      shown,
      part.x * width,
      part.y * height,
      part.width * width,
      part.height * height,
      0,
      0,
      32,
      32,
    );
    const { data } = context.getImageData(0, 0, 32, 32);
    const sums: [number, number, number] = [0, 0, 0];
    for (let at = 0; at < data.length; at += 4)
      for (const channel of [0, 1, 2] as const) sums[channel] += data[at + channel]!;
    return sums.map((sum) => Math.round(sum / (32 * 32))) as [number, number, number];
  }, part);
}

/** Waits until the output has presented that many frames more than now. */
export async function moreFrames(video: Locator, count: number): Promise<void> {
  const handle = await video.elementHandle();
  await video.page().waitForFunction(
    ([element, count]) => {
      const { dataset } = element as HTMLElement;
      dataset.awaited ??= String(Number(dataset.frames) + count);
      const reached = Number(dataset.frames) >= Number(dataset.awaited);
      if (reached) delete dataset.awaited;
      return reached;
    },
    [handle, count] as const,
  );
}
