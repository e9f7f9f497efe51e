/** A page that runs the built-in pipelines as the app does, for a test that compares what comes out. */
import type { FrameSize } from '../../../shared/settings/schema.ts';
import { builtInModels } from '../../../renderer/engine/built-in-models.ts';
import { type PictureCase, frameCount, rgbxFrame, size } from './picture-case.ts';
import type { PlanesAnswer, PlanesQuestion } from './planes-worker.browser.ts';
import { throughEngine } from './played-source.browser.ts';

export type FlatResult = FrameSize & { least: number[]; most: number[] };

export interface SamePicturePage {
  /** What the model gives for each frame, planar. */
  planes(wanted: PictureCase, threads: number): Promise<number[][]>;
  /** What comes out of the engine for each RGBX frame: bytes, a pixel's red, green, blue and 255. */
  pixels(wanted: PictureCase, threads: number): Promise<number[][]>;
  /** The same for I420 frames (BT.601, limited range). */
  fromI420(wanted: PictureCase, frames: number[][]): Promise<number[][]>;
  /** The size that a frame of one colour comes out in, and the least and most of each of its channels. */
  flat(wanted: PictureCase, colour: number[], from: FrameSize): Promise<FlatResult>;
}

declare global {
  interface Window {
    samePicture: SamePicturePage;
  }
}

const limited = {
  primaries: 'smpte170m',
  transfer: 'smpte170m',
  matrix: 'smpte170m',
  fullRange: false,
} as const;

async function bytesOf(frames: VideoFrame[]): Promise<number[][]> {
  const read = frames.map(async (frame) => {
    const { codedWidth: width, codedHeight: height } = frame;
    const bytes = new Uint8Array(4 * width * height);
    await frame.copyTo(bytes, { format: 'RGBX' });
    frame.close();
    return [...bytes];
  });
  return Promise.all(read);
}

window.samePicture = {
  async planes({ id, parameters }, threads) {
    const worker = new Worker(new URL('./planes-worker.browser.ts', import.meta.url), { type: 'module' });
    const answer = new Promise<PlanesAnswer>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<PlanesAnswer>) => resolve(data);
      worker.onerror = (event) => reject(new Error(event.message));
    });
    const model = builtInModels.find(({ manifest }) => manifest.id === id)!;
    worker.postMessage({ model, threads, parameters } satisfies PlanesQuestion, []);
    const planes = await answer;
    worker.terminate();
    return planes.map((plane) => [...plane]);
  },

  async pixels(wanted, threads) {
    const { width: codedWidth, height: codedHeight } = size;
    const frames = Array.from({ length: frameCount }, (_, index) => (timestamp: number) => {
      const options = { format: 'RGBX', codedWidth, codedHeight, timestamp } as const;
      return new VideoFrame(rgbxFrame(index), options);
    });
    return bytesOf(await throughEngine(wanted, threads, frames));
  },

  async fromI420(wanted, given) {
    const { width: codedWidth, height: codedHeight } = size;
    const frames = given.map((data) => (timestamp: number) => {
      const options = { format: 'I420', codedWidth, codedHeight, timestamp, colorSpace: limited } as const;
      return new VideoFrame(Uint8Array.from(data), options);
    });
    return bytesOf(await throughEngine(wanted, 1, frames));
  },

  async flat(wanted, colour, { width: codedWidth, height: codedHeight }) {
    const pixel = Uint8Array.from([...colour, 255]);
    const data = new Uint8Array(4 * codedWidth * codedHeight).map((_, at) => pixel[at % 4]!);
    const options = { format: 'RGBX', codedWidth, codedHeight, colorSpace: limited } as const;
    const make = (timestamp: number): VideoFrame => new VideoFrame(data, { ...options, timestamp });
    const [made] = await throughEngine(wanted, 1, [make]);
    const { codedWidth: width, codedHeight: height } = made!;
    const bytes = new Uint8Array(4 * width * height);
    await made!.copyTo(bytes, { format: 'RGBX' });
    made!.close();
    const channels = [0, 1, 2].map((channel) => bytes.filter((_, at) => at % 4 === channel));
    const least = channels.map((values) => values.reduce((low, value) => Math.min(low, value)));
    const most = channels.map((values) => values.reduce((high, value) => Math.max(high, value)));
    return { width, height, least, most };
  },
};
