import type { I420Frame } from '../../runner/src/inference/index.ts';

const framesPerLoop = 60;
export const frameMs = 1000 / 30;

/** Somebody before a still, textured wall, for a codec: discs that move over a background with detail. */
export function movingPicture(size: number): readonly I420Frame[] {
  const wall = Uint8Array.from({ length: size * size }, (_, at) => {
    const x = at % size;
    const y = Math.floor(at / size);
    return 60 + (x / size) * 90 + 18 * Math.sin(x / 5) * Math.cos(y / 7) + ((x * 31 + y * 17) % 11);
  });
  return Array.from({ length: framesPerLoop }, (_, index) => {
    const data = new Uint8Array(size * size * 1.5).fill(128, size * size);
    data.set(wall);
    for (const [disc, luma] of [220, 40, 150].entries()) {
      const angle = 2 * Math.PI * (index / framesPerLoop + disc / 3);
      drawDisc(data, size, luma, [
        size / 2 + (size / 4) * Math.cos(angle),
        size / 2 + (size / 4) * Math.sin(angle),
      ]);
    }
    return { width: size, height: size, data };
  });
}

function drawDisc(data: Uint8Array, size: number, luma: number, [x, y]: readonly [number, number]): void {
  const radius = size / 8;
  for (let row = Math.ceil(y - radius); row <= y + radius; row += 1) {
    const half = Math.sqrt(radius ** 2 - (row - y) ** 2);
    data.fill(luma, row * size + Math.round(x - half), row * size + Math.round(x + half));
  }
}

/** Shows the frames at 30 a second, the first at once, again and again. @returns What stops it. */
export function play(show: (frame: I420Frame) => void, frames: readonly I420Frame[]): () => void {
  let shown = 0;
  const next = (): void => show(frames[shown++ % frames.length]!);
  next();
  const timer = setInterval(next, frameMs);
  return () => clearInterval(timer);
}
