import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { defaultRecovery } from '../../shared/link/recovery-settings.ts';
import type { UserSettings } from '../../shared/settings/schema.ts';
import { meanColour, moreFrames } from './pixels.ts';
import { Studio } from './studio.ts';

let studio: Studio;
/** Half a second of plain red, recorded by Chromium itself. */
let clip: Buffer;
beforeAll(async () => {
  studio = await Studio.create();
  const { page, close } = await studio.open({ info: { endpoint: null } });
  const bytes = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 128;
    const context = canvas.getContext('2d')!;
    const recorder = new MediaRecorder(canvas.captureStream(30), { mimeType: 'video/webm;codecs=vp8' });
    const parts: Blob[] = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    const stopped = new Promise((resolve) => {
      recorder.onstop = resolve;
    });
    recorder.start();
    for (let frame = 0; frame < 15; frame += 1) {
      context.fillStyle = frame % 2 === 0 ? '#ff0000' : '#f80000';
      context.fillRect(0, 0, 128, 128);
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
    }
    recorder.stop();
    await stopped;
    return [...new Uint8Array(await new Blob(parts).arrayBuffer())];
  });
  clip = Buffer.from(bytes);
  await close();
  studio.server.addMedia('clip.webm', clip);
  studio.server.addMedia('broken.webm', Buffer.from('this is no video'));
});
afterAll(() => studio.dispose());

const file = (name: string) => ({ path: `/videos/${name}`, name, url: `app://bundle/user-media/${name}` });
async function isRed(page: Page): Promise<boolean> {
  const whole = { x: 0, y: 0, width: 1, height: 1 };
  const [red, green, blue] = await meanColour(page.getByTestId('output-video'), whole);
  return red > 200 && green < 40 && blue < 40;
}

describe('video files', () => {
  it('plays a picked file in a loop', async () => {
    const { page, calls, complaints, close } = await studio.open({
      filter: 'none',
      pickedFile: file('clip.webm'),
    });
    await page.getByTestId('tab-source').click();
    await page.getByTestId('source-file').click();
    await expect.poll(() => isRed(page)).toBe(true);
    // Three times as many frames as the clip has: it must have begun anew.
    await moreFrames(page.getByTestId('output-video'), 45);
    expect(await isRed(page)).toBe(true);
    expect(await calls('patchSettings')).toContainEqual({
      method: 'patchSettings',
      request: { source: { kind: 'file', path: '/videos/clip.webm', name: 'clip.webm' } },
    });
    expect(complaints).toEqual([]);
    await close();
  });

  it('opens the file of the last run again', async () => {
    const { page, close } = await studio.open({
      filter: 'none',
      info: { settings: withSource('/videos/clip.webm') },
      reopenedFile: file('clip.webm'),
    });
    await expect.poll(() => isRed(page)).toBe(true);
    await close();
  });

  it('says so when the file of the last run is gone', async () => {
    const { page, close } = await studio.open({ info: { settings: withSource('/videos/clip.webm') } });
    await page.getByTestId('tab-source').click();
    await page.getByTestId('source-problem').getByText('The file is gone').waitFor();
    await moreFrames(page.getByTestId('output-video'), 5);
    await close();
  });

  it('says so when a file cannot be played', async () => {
    const { page, close } = await studio.open({ pickedFile: file('broken.webm') });
    await page.getByTestId('tab-source').click();
    await page.getByTestId('source-file').click();
    await page.getByTestId('source-problem').getByText('The file cannot be played').waitFor();
    await close();
  });

  it('takes a video that is dropped on the window', async () => {
    const { page, calls, close } = await studio.open({ filter: 'none' });
    await moreFrames(page.getByTestId('output-video'), 5);
    const data = await page.evaluateHandle(
      (bytes) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(bytes)], 'dropped.webm', { type: 'video/webm' }));
        return transfer;
      },
      [...clip],
    );
    await page.dispatchEvent('main', 'dragover', { dataTransfer: data });
    await page.getByTestId('drop-zone').waitFor();
    await page.dispatchEvent('main', 'drop', { dataTransfer: data });
    await page.getByTestId('drop-zone').waitFor({ state: 'detached' });
    await expect.poll(() => isRed(page)).toBe(true);
    expect(await calls('patchSettings')).toContainEqual({
      method: 'patchSettings',
      request: { source: { kind: 'file', path: '/videos/dropped.webm', name: 'dropped.webm' } },
    });
    await close();
  });
});

function withSource(path: string): UserSettings {
  return {
    source: { kind: 'file', path, name: 'clip.webm' },
    frameSize: { width: 512, height: 512 },
    endpoint: null,
    fallbacks: [],
    pipelineId: null,
    keptLocal: null,
    backTo: 'auto',
    route: 'cloud',
    fallback: 'off',
    standIns: {},
    recordSource: false,
    streaming: true,
    theme: 'system',
    recovery: defaultRecovery,
  };
}
