import type { Page } from 'playwright';

/** One presented frame: when it was drawn as a source and when it was shown, page milliseconds. */
export interface Glance {
  drawnAt: number;
  shownAt: number;
}

interface TimeCoded {
  timeCodeGlances: Glance[];
}

/**
 * Makes the camera show the time: cells along the picture, striped for a 1 and plain for a 0. Stripes survive a
 * codec as a darker cell and an edge filter as lines, so the same code reads through passthrough and sketch.
 * Call before a camera is chosen.
 */
export async function showTimeOnCamera(
  page: Page,
  { width, height, fps }: { width: number; height: number; fps: number },
): Promise<void> {
  await page.evaluate(
    ({ width, height, fps }) => {
      const bits = 16;
      const cell = Math.floor(width / (bits + 2));
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d', { alpha: false })!;
      const generator = new MediaStreamTrackGenerator({ kind: 'video' });
      const writer = generator.writable.getWriter();
      const draw = (): void => {
        const now = Math.floor(performance.now());
        context.fillStyle = '#fff';
        context.fillRect(0, 0, width, height);
        context.fillStyle = '#000';
        // A 1 in front and a 0 behind frame the code, so that a torn or blank picture is told apart.
        for (let index = 0; index < bits + 2; index += 1) {
          const one = index === 0 || (index <= bits && ((now >> (bits - index)) & 1) === 1);
          if (!one) continue;
          for (let y = 8; y < 120; y += 16) context.fillRect(index * cell + 3, y, cell - 6, 8);
        }
        context.beginPath();
        context.arc(width / 2 + (width / 4) * Math.sin(now / 300), height * 0.75, height / 8, 0, 7);
        context.fill();
        if ((writer.desiredSize ?? 0) > 0)
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
    { width, height, fps },
  );
}

/** Reads the code off every frame that a video, the output if not said otherwise, presents from now on. */
export async function startGlancing(page: Page, testId = 'output-video'): Promise<void> {
  await page.evaluate((testId) => {
    const bits = 16;
    const glances: Glance[] = [];
    (window as unknown as TimeCoded).timeCodeGlances = glances;
    const video = document.querySelector<HTMLVideoElement>(`[data-testid="${testId}"]`)!;
    const strip = new OffscreenCanvas(bits + 2, 1).getContext('2d', { willReadFrequently: true })!;
    strip.imageSmoothingQuality = 'high';
    const look: VideoFrameRequestCallback = (shownAt) => {
      const width = (video.videoWidth / (bits + 2)) * (bits + 2);
      strip.drawImage(video, 0, 8, width, 112, 0, 0, bits + 2, 1);
      const { data } = strip.getImageData(0, 0, bits + 2, 1);
      const lumas = Array.from({ length: bits + 2 }, (_, index) => data[index * 4 + 1]!);
      const threshold = (lumas[0]! + lumas[bits + 1]!) / 2;
      if (lumas[bits + 1]! - lumas[0]! > 20) {
        const code = lumas.slice(1, -1).reduce((value, luma) => value * 2 + (luma < threshold ? 1 : 0), 0);
        const age = (Math.floor(shownAt) - code) & 0xffff;
        if (age < 5_000) glances.push({ drawnAt: shownAt - age, shownAt });
      }
      video.requestVideoFrameCallback(look);
    };
    video.requestVideoFrameCallback(look);
  }, testId);
}

/** What was read since the last call. */
export async function takeGlances(page: Page): Promise<Glance[]> {
  return page.evaluate(() => (window as unknown as TimeCoded).timeCodeGlances.splice(0));
}
