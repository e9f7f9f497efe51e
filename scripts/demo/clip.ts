import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { type Bounds, type Shape, box, clipSize, disc, hill, ring } from './clip-shapes.ts';

/**
 * The demo's camera: a short clip of things in motion, drawn by formula, so that every run on every machine
 * sees the same pictures. It loops without a jump: every motion comes round within the clip.
 */
export const clip = { ...clipSize, framesPerSecond: 30, frames: 75 } as const;

/** A plane of I420 and how many picture pixels each of its samples stands for in both directions. */
interface Plane {
  samples: Buffer;
  width: number;
  step: 1 | 2;
}

/** What stands where in one frame, from back to front. `moment`: 0–1 through the clip. */
function scene(moment: number): Shape[] {
  const round = moment * Math.PI * 2;
  const { width, height } = clip;
  const sun = [width * (0.5 + 0.2 * Math.cos(round)), height * (0.34 + 0.1 * Math.sin(round))] as const;
  return [
    disc(...sun, 74, [214, 80, 158]),
    ring(...sun, 104, 6, [214, 80, 158]),
    hill(height * 0.62, 34, 2, round, [120, 150, 96]),
    hill(height * 0.74, 26, 3, -round, [84, 148, 100]),
    box(width * 0.32, height * 0.56, 48, round / 4, [168, 92, 176]),
    disc(width * 0.66, height * (0.58 + 0.08 * Math.sin(2 * round)), 40, [70, 176, 112]),
    hill(height * 0.88, 14, 4, round, [48, 136, 118]),
  ];
}

/** How much of a pixel lies inside, 0–1: edges are one pixel soft, as a lens would draw them. */
const coverage = (distance: number): number => Math.min(1, Math.max(0, 0.5 - distance));

function paint({ samples, width, step }: Plane, shape: Shape, value: number): void {
  const { left, top, right, bottom }: Bounds = shape.bounds;
  for (let y = Math.floor(top / step); y < bottom / step; y += 1) {
    for (let x = Math.floor(left / step); x < right / step; x += 1) {
      const share = coverage(shape.distance(x * step, y * step));
      if (share === 0) continue;
      const at = y * width + x;
      samples[at] = Math.round(samples[at]! + (value - samples[at]!) * share);
    }
  }
}

/** One frame as planar I420, BT.601, video range. */
export function drawFrame(index: number): Buffer {
  const { width, height, frames } = clip;
  const frame = Buffer.alloc((width * height * 3) / 2);
  const chroma = width * height;
  const planes: Plane[] = [
    { samples: frame.subarray(0, chroma), width, step: 1 },
    { samples: frame.subarray(chroma, chroma * 1.25), width: width / 2, step: 2 },
    { samples: frame.subarray(chroma * 1.25), width: width / 2, step: 2 },
  ];
  for (let y = 0; y < height; y += 1)
    frame.fill(Math.round(40 + (120 * y) / height), y * width, (y + 1) * width);
  planes[1]!.samples.fill(142);
  planes[2]!.samples.fill(120);
  for (const shape of scene(index / frames)) {
    for (const [channel, plane] of planes.entries()) paint(plane, shape, shape.colour[channel]!);
  }
  return frame;
}

/** Writes the clip as `.y4m`, which Chromium's fake camera plays. Returns its SHA-256. */
export async function writeClip(file: string): Promise<string> {
  const hash = createHash('sha256');
  const out = createWriteStream(file);
  const write = async (chunk: Buffer): Promise<void> => {
    hash.update(chunk);
    if (!out.write(chunk)) await once(out, 'drain');
  };
  await write(
    Buffer.from(`YUV4MPEG2 W${clip.width} H${clip.height} F${clip.framesPerSecond}:1 Ip A1:1 C420\n`),
  );
  for (let index = 0; index < clip.frames; index += 1) {
    await write(Buffer.from('FRAME\n'));
    await write(drawFrame(index));
  }
  out.end();
  await once(out, 'finish');
  return hash.digest('hex');
}
