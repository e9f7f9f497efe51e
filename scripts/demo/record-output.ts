import type { Page } from 'playwright';
import { writeFile } from 'node:fs/promises';

/** Enough for a 512² picture with sharp lines. */
const bitsPerSecond = 2_500_000;

type Recording = Window & { linkspanRecording?: { stop(): Promise<string> } };

/** Starts to record what the output shows. */
export async function startRecording(page: Page): Promise<void> {
  await page.evaluate((videoBitsPerSecond) => {
    const video = document.querySelector<HTMLVideoElement>('[data-testid="output-video"]');
    if (!(video?.srcObject instanceof MediaStream)) throw new Error('There is no output to record.');
    const recorder = new MediaRecorder(video.srcObject, {
      mimeType: 'video/webm;codecs=vp8',
      videoBitsPerSecond,
    });
    const parts: Blob[] = [];
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
    const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve));
    recorder.start(1_000);
    (window as unknown as Recording).linkspanRecording = {
      stop: async () => {
        if (recorder.state !== 'inactive') recorder.stop();
        await stopped;
        const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
        return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
      },
    };
  }, bitsPerSecond);
}

/** Ends the recording and writes it as WebM. Returns its size in bytes. */
export async function finishRecording(page: Page, file: string): Promise<number> {
  const base64 = await page.evaluate(async () => {
    const recording = (window as unknown as Recording).linkspanRecording;
    if (!recording) throw new Error('Nothing is being recorded.');
    return recording.stop();
  });
  const bytes = Buffer.from(base64, 'base64');
  await writeFile(file, bytes);
  return bytes.length;
}
