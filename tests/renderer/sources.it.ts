import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { meanColour, moreFrames } from './pixels.ts';
import { Studio } from './studio.ts';

let studio: Studio;
beforeAll(async () => {
  studio = await Studio.create();
});
afterAll(() => studio.dispose());

const whole = { x: 0, y: 0, width: 1, height: 1 };
const sizeOf = (page: Page): Promise<string> =>
  page.getByTestId('source-video').evaluate((video) => {
    const { videoWidth, videoHeight } = video as HTMLVideoElement;
    return `${videoWidth}×${videoHeight}`;
  });

/** Chromium's fake camera is green all over, with a pie and a counter in brighter green. */
async function isFakeCamera(page: Page, testId: string): Promise<boolean> {
  const [red, green, blue] = await meanColour(page.getByTestId(testId), whole);
  return green > 100 && red < 80 && blue < 60;
}

/** Keeps every camera track the page opens, so that a test can pull its plug. */
const watchCameras = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const opened: MediaStreamTrack[] = [];
    Object.assign(window, { opened });
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (constraints) => {
      const stream = await open(constraints);
      opened.push(...stream.getTracks());
      return stream;
    };
  });
const liveTracks = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      (window as unknown as { opened: MediaStreamTrack[] }).opened.filter(
        ({ readyState }) => readyState === 'live',
      ).length,
  );

describe('sources', () => {
  it('changes source and size without a new connection', async () => {
    const { page, complaints, close } = await studio.open({ filter: 'none' });
    const output = page.getByTestId('output-video');
    await moreFrames(output, 10);
    await page.getByTestId('tab-source').click();
    await page.getByTestId('source-camera').click();
    await expect.poll(() => isFakeCamera(page, 'output-video')).toBe(true);
    for (const size of ['1280×720', '640×360', '768×768']) {
      await page.getByTestId('size-choice').click();
      await page.getByRole('option', { name: size.replace('×', ' × ') }).click();
      await expect.poll(() => sizeOf(page)).toBe(size);
    }
    await page.getByTestId('source-pattern').click();
    await expect.poll(() => isFakeCamera(page, 'output-video')).toBe(false);
    await moreFrames(output, 10);
    expect(await page.evaluate(() => window.fakeMain.peersMade())).toBe(1);
    expect(complaints).toEqual([]);
    await close();
  });

  it('remembers the camera it opened', async () => {
    const { page, calls, close } = await studio.open();
    await page.getByTestId('tab-source').click();
    await page.getByTestId('source-camera').click();
    await expect
      .poll(async () => (await calls('patchSettings')).at(-1)?.request)
      .toEqual({ source: { kind: 'camera', deviceId: expect.stringMatching(/./), label: 'fake_device_0' } });
    await close();
  });

  it('S16: lets the camera go when stopped, and takes it only for a preview that is asked for', async () => {
    const { page, close } = await studio.open({}, {}, watchCameras);
    await page.getByTestId('tab-source').click();
    await page.getByTestId('source-camera').click();
    await expect.poll(() => liveTracks(page)).toBe(1);
    await page.getByTestId('stop').click();
    await expect.poll(() => liveTracks(page)).toBe(0);
    await page.getByTestId('preview').click();
    await expect.poll(() => liveTracks(page)).toBe(1);
    await page.getByTestId('preview').click();
    await expect.poll(() => liveTracks(page)).toBe(0);
    await close();
  });

  it('falls back to the test pattern when the camera is unplugged, and takes it again when it is back', async () => {
    const { page, close } = await studio.open({ filter: 'none' }, {}, watchCameras);
    await page.getByTestId('tab-source').click();
    await page.getByTestId('source-camera').click();
    await expect.poll(() => isFakeCamera(page, 'output-video')).toBe(true);
    await page.evaluate(() => {
      const { opened } = window as unknown as { opened: MediaStreamTrack[] };
      const { mediaDevices } = navigator;
      const list = mediaDevices.enumerateDevices.bind(mediaDevices);
      Object.assign(window, {
        replug: () => {
          mediaDevices.enumerateDevices = list;
          mediaDevices.dispatchEvent(new Event('devicechange'));
        },
      });
      mediaDevices.enumerateDevices = () => Promise.resolve([]);
      opened[0]!.dispatchEvent(new Event('ended'));
      mediaDevices.dispatchEvent(new Event('devicechange'));
    });
    await page.getByTestId('source-problem').getByText('fake_device_0 is gone').waitFor();
    await expect.poll(() => isFakeCamera(page, 'output-video')).toBe(false);
    expect(await liveTracks(page)).toBe(0);
    await page.evaluate(() => (window as unknown as { replug: () => void }).replug());
    await page.getByTestId('source-problem').waitFor({ state: 'detached' });
    await expect.poll(() => isFakeCamera(page, 'output-video')).toBe(true);
    await close();
  });

  it('says so in place when the camera is refused', async () => {
    const { page, close } = await studio.open({}, {}, (page) =>
      page.addInitScript(() => {
        navigator.mediaDevices.getUserMedia = () =>
          Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
      }),
    );
    await page.getByTestId('tab-source').click();
    await page.getByTestId('source-camera').click();
    await page.getByTestId('source-problem').getByText('The camera may not be used').waitFor();
    await moreFrames(page.getByTestId('output-video'), 5);
    await close();
  });
});
