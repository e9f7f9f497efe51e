import { readPicture } from '../scripts/drive/picture.ts';
import { writeClip } from '../scripts/demo/clip.ts';
import { pickFile } from './fixtures/dialogs.ts';
import { makeVideoFile } from './fixtures/video-file.ts';
import type { TestedApp } from './fixtures/rig.ts';
import { expect, test } from './fixtures/test.ts';

test.describe('a source', () => {
  let app: TestedApp;
  test.beforeAll(async ({ rig }) => {
    const cameraFile = rig.path('camera.y4m');
    await writeClip(cameraFile);
    app = await rig.launchLive(await rig.startRunner(), { cameraFile });
    await app.studio.choosePipeline('passthrough');
  });
  test.afterAll(({ rig }) => rig.clear());

  test('can be the camera: its picture goes out and comes back', async () => {
    const { studio, page } = app;
    await studio.chooseCamera();
    // Chromium's fake camera is named after the file that it plays.
    await expect(studio.part('camera-choice')).toContainText('camera.y4m');
    // The clip's sea: nothing in the test pattern has its colour at that place.
    const sea = async (video: 'source-video' | 'output-video'): Promise<number> =>
      (await readPicture(page, video)).shareNear([36, 94, 120], 24);
    await expect.poll(() => sea('source-video')).toBeGreaterThan(0.08);
    await expect.poll(() => sea('output-video')).toBeGreaterThan(0.08);
  });

  test('can be a video file, and plays on when it has come to its end', async ({ rig }) => {
    const { studio, page, electron } = app;
    const file = rig.path('clip.webm');
    await makeVideoFile(page, file, { colour: '#20c040', seconds: 1 });
    await pickFile(electron, file);
    await studio.show('source');
    await studio.part('source-file').click();
    const green = async (): Promise<number> => (await readPicture(page)).shareNear([32, 192, 64], 20);
    await expect.poll(green).toBeGreaterThan(0.8);
    await studio.showsFrames(60);
    expect(await green()).toBeGreaterThan(0.8);
  });

  test('can change its size while it streams', async () => {
    const { studio, page } = app;
    await studio.choosePattern();
    await studio.part('size-choice').click();
    await page.getByRole('option', { name: /640/ }).click();
    const width = (): Promise<number> =>
      studio.part('output-video').evaluate((video) => (video as HTMLVideoElement).videoWidth);
    await expect.poll(width).toBe(640);
  });

  test('S16: the camera is let go when the stream is stopped', async () => {
    const { studio, page } = app;
    await studio.chooseCamera();
    await expect(studio.part('camera-choice')).toContainText('camera.y4m');
    await studio.part('stop').click();
    await studio.reached('idle');
    await expect(studio.part('stopped')).toBeVisible();
    const muted = (): Promise<boolean> =>
      studio.part('source-video').evaluate((video) => (video as HTMLVideoElement).checkVisibility());
    await expect.poll(muted).toBe(false);
    await studio.part('start').click();
    await studio.reached('live');
    await studio.showsFrames(5);
    expect(page.isClosed()).toBe(false);
  });
});
