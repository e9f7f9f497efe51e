import { chromium } from 'playwright';
import { keyFrameMs, pieceMs, recordingTypes } from '../../renderer/recording/defaults.ts';

/** Bits of the time that each frame shows, from left to right, the highest first. */
export const timeBits = 16;

/**
 * Records a canvas in Chromium as the window does: pieces of a second. Each frame shows the milliseconds since the
 * beginning, a white column for a 1 and a black one for a 0.
 */
export async function recordInChromium(seconds: number): Promise<Buffer[]> {
  const browser = await chromium.launch({
    executablePath: process.env['LINKSPAN_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  try {
    const page = await browser.newPage();
    const pieces = await page.evaluate(
      async ({ seconds, timeBits, mimeType, keyFrameMs, pieceMs }) => {
        const canvas = document.createElement('canvas');
        canvas.width = timeBits * 16;
        canvas.height = 128;
        const context = canvas.getContext('2d', { alpha: false })!;
        const recorder = new MediaRecorder(canvas.captureStream(30), {
          mimeType,
          videoKeyFrameIntervalDuration: keyFrameMs,
        });
        const blobs: Blob[] = [];
        recorder.addEventListener('dataavailable', ({ data }) => blobs.push(data));
        const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve));
        recorder.start(pieceMs);
        const start = performance.now();
        let elapsed = 0;
        while (elapsed < seconds * 1000) {
          for (let bit = 0; bit < timeBits; bit += 1) {
            context.fillStyle = (elapsed >> (timeBits - 1 - bit)) & 1 ? '#fff' : '#000';
            context.fillRect(bit * 16, 0, 16, canvas.height);
          }
          await new Promise(requestAnimationFrame);
          elapsed = Math.floor(performance.now() - start);
        }
        recorder.stop();
        await stopped;
        return Promise.all(blobs.map(async (blob) => [...new Uint8Array(await blob.arrayBuffer())]));
      },
      { seconds, timeBits, mimeType: recordingTypes[0], keyFrameMs, pieceMs },
    );
    return pieces.filter((piece) => piece.length > 0).map((piece) => Buffer.from(piece));
  } finally {
    await browser.close();
  }
}

/** The milliseconds that a frame shows. */
export const readTime = (columns: readonly number[]): number =>
  columns.reduce((value, brightness) => value * 2 + (brightness > 127 ? 1 : 0), 0);
