import type { Page } from 'playwright';
import { codeCells, decodeFrameNumber, encodeFrameNumber, frameNumbers } from './frame-code.ts';

/** One presented frame: when it was drawn as a source and when it was shown, page milliseconds. */
interface Glance {
  drawnAt: number;
  shownAt: number;
}

export interface Glances {
  /** When each frame was presented, read or not. */
  shownAt: number[];
  /** Those whose code could be read. */
  read: Glance[];
}

interface Size {
  width: number;
  height: number;
}

interface TimeCoded {
  timeCode: {
    size: Size;
    /** When each frame was drawn; its number is its place. */
    drawn: number[];
    looks: { shownAt: number; lumas: number[] }[];
  };
}

/** The code is drawn in stripes of this height, as far apart, from the first of them down. */
const stripes = { top: 8, bottom: 120, height: 8 };
/** What is read of it: two stripes and the gaps below them. */
const readRows = { top: 40, height: 32 };

/**
 * Makes the camera show the number of each frame: cells along the picture, striped or plain. Stripes survive a codec
 * as a darker cell and an edge filter as lines, so the same code reads through passthrough and sketch.
 * Call before a camera is chosen.
 */
export async function showTimeOnCamera(page: Page, { fps, ...size }: Size & { fps: number }): Promise<void> {
  const codes = Array.from({ length: frameNumbers }, (_, number) => encodeFrameNumber(number));
  await page.evaluate(
    ({ size, fps, codes, stripes }) => {
      const { width, height } = size;
      const drawn: number[] = [];
      (window as unknown as TimeCoded).timeCode = { size, drawn, looks: [] };
      const cell = Math.floor(width / codes[0]!.length);
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d', { alpha: false })!;
      const generator = new MediaStreamTrackGenerator({ kind: 'video' });
      const writer = generator.writable.getWriter();
      const draw = (): void => {
        if ((writer.desiredSize ?? 0) <= 0) return;
        const now = performance.now();
        const code = codes[drawn.length % codes.length]!;
        drawn.push(now);
        context.fillStyle = '#fff';
        context.fillRect(0, 0, width, height);
        context.fillStyle = '#000';
        for (const [index, dark] of code.entries()) {
          if (!dark) continue;
          for (let y = stripes.top; y < stripes.bottom; y += 2 * stripes.height)
            context.fillRect(index * cell + 3, y, cell - 6, stripes.height);
        }
        context.beginPath();
        context.arc(width / 2 + (width / 4) * Math.sin(now / 300), height * 0.75, height / 8, 0, 7);
        context.fill();
        void writer.write(new VideoFrame(canvas, { timestamp: now * 1000 }));
      };
      let due = performance.now();
      const tick = (): void => {
        draw();
        due = Math.max(due + 1000 / fps, performance.now());
        setTimeout(tick, due - performance.now());
      };
      tick();
      navigator.mediaDevices.getUserMedia = () => Promise.resolve(new MediaStream([generator.clone()]));
    },
    { size, fps, codes, stripes },
  );
}

/** Looks at the code of every frame that a video, the output if not said otherwise, presents from now on. */
export async function startGlancing(page: Page, testId = 'output-video'): Promise<void> {
  await page.evaluate(
    ({ testId, cells, rows }) => {
      const { timeCode } = window as unknown as TimeCoded;
      const { width, height } = timeCode.size;
      // Only the last one that was asked for goes on.
      const looks: TimeCoded['timeCode']['looks'] = [];
      timeCode.looks = looks;
      const video = document.querySelector<HTMLVideoElement>(`[data-testid="${testId}"]`)!;
      const strip = new OffscreenCanvas(width, rows.height).getContext('2d', { willReadFrequently: true })!;
      const cell = Math.floor(width / cells);
      /** The middle half of a cell, in which no neighbour has a part however the picture was scaled. */
      const lumaOf = (data: Uint8ClampedArray, index: number): number => {
        const [from, to] = [Math.ceil((index + 0.25) * cell), Math.floor((index + 0.75) * cell)];
        let sum = 0;
        for (let y = 0; y < rows.height; y += 1)
          for (let x = from; x < to; x += 1) sum += data[(y * width + x) * 4 + 1]!;
        return sum / (rows.height * (to - from));
      };
      const look: VideoFrameRequestCallback = (shownAt) => {
        if (timeCode.looks !== looks) return;
        // A picture may come in another size than it was drawn in.
        const scale = video.videoHeight / height;
        const [top, high] = [rows.top * scale, rows.height * scale];
        strip.drawImage(video, 0, top, video.videoWidth, high, 0, 0, width, rows.height);
        const { data } = strip.getImageData(0, 0, width, rows.height);
        looks.push({ shownAt, lumas: Array.from({ length: cells }, (_, index) => lumaOf(data, index)) });
        video.requestVideoFrameCallback(look);
      };
      video.requestVideoFrameCallback(look);
    },
    { testId, cells: codeCells, rows: readRows },
  );
}

/** What was seen since the last call. */
export async function takeGlances(page: Page): Promise<Glances> {
  const { looks, drawn } = await page.evaluate(() => {
    const { timeCode } = window as unknown as TimeCoded;
    return { looks: timeCode.looks.splice(0), drawn: timeCode.drawn };
  });
  const read = looks.flatMap(({ shownAt, lumas }) => {
    const number = decodeFrameNumber(lumas);
    const drawnAt = number === null ? undefined : lastDrawn(drawn, number, shownAt);
    return drawnAt === undefined ? [] : [{ drawnAt, shownAt }];
  });
  return { shownAt: looks.map(({ shownAt }) => shownAt), read };
}

/** A callback's time is that of its refresh, which may have begun before the frame was drawn. */
const refreshMs = 33;

/** When the last frame of that number was drawn that can have been shown by then. */
function lastDrawn(drawn: readonly number[], number: number, shownAt: number): number | undefined {
  return drawn.findLast((at, index) => index % frameNumbers === number && at <= shownAt + refreshMs);
}
