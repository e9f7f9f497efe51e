import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { openRecorded } from '../../e2e/fixtures/recorded-file.ts';
import { makeSeekable } from '../../main/recording/make-seekable.ts';
import type { RecordingNews } from '../../shared/ipc/recording-channels.ts';
import { moreFrames } from './pixels.ts';
import { Studio } from './studio.ts';

/** A piece comes each second, and later on a busy machine. */
const patient = { timeout: 20_000 };

let studio: Studio;
let folder: string;
beforeAll(async () => {
  studio = await Studio.create();
  folder = await mkdtemp(path.join(tmpdir(), 'linkspan-page-recording-'));
});
afterAll(async () => {
  await studio.dispose();
  await rm(folder, { recursive: true, force: true });
});

const tell = (page: Page, news: RecordingNews): Promise<void> =>
  page.evaluate((news) => window.fakeMain.push('recording:told', news), news);
const phase = (page: Page) => page.getByTestId('recording').getAttribute('data-phase');

/** What the page handed to main, made seekable as main does. */
async function recordedBy(page: Page, part: string): Promise<string> {
  const bytes = await page.evaluate((part) => window.fakeMain.recorded(part), part);
  const file = path.join(folder, `${part}.webm`);
  await writeFile(file, Buffer.from(bytes));
  await makeSeekable(file, `${file}.done.webm`);
  return `${file}.done.webm`;
}

describe('recording', () => {
  it('hands pieces of the output to main, shows size and time, and says where it is', async () => {
    const { page, calls, complaints, close } = await studio.open();
    await moreFrames(page.getByTestId('output-video'), 10);
    await page.getByTestId('record').click();
    await expect.poll(() => phase(page), patient).toBe('recording');
    await expect.poll(async () => (await calls('writeRecording')).length, patient).toBeGreaterThan(2);
    await expect
      .poll(() => page.getByTestId('recording-figures').textContent(), patient)
      .toMatch(/^\d:\d\d \d\.\d MB$/);
    await page.keyboard.press('o');
    await expect.poll(async () => (await calls('endRecording')).length, patient).toBe(1);
    await page.getByTestId('recording-finishing').getByText('Finishing…').waitFor();
    await tell(page, {
      type: 'saved',
      id: 'recording-1',
      files: [{ id: 'file-1', name: 'Linkspan 2026-11-25 22.31.05.webm' }],
      problem: null,
      leftOver: false,
    });
    await page.getByTestId('recording-finishing').waitFor({ state: 'detached' });
    const notice = page.getByTestId('notice');
    await notice.getByText('Recorded: Linkspan 2026-11-25 22.31.05.webm.').waitFor();
    await notice.getByTestId('show-in-folder').click();
    expect(await calls('revealSaved')).toEqual([{ method: 'revealSaved', request: { id: 'file-1' } }]);

    const last = (await calls()).map(({ method }) => method);
    expect(last.lastIndexOf('writeRecording')).toBeLessThan(last.indexOf('endRecording'));
    const player = await openRecorded(await recordedBy(page, 'output'));
    expect([player.width, player.height]).toEqual([256, 256]);
    expect(player.duration).toBeGreaterThan(1);
    await player.jump(player.duration / 2);
    await player.close();
    expect(complaints).toEqual([]);
    await close();
  });

  it('holds the source in a file of its own by choice', async () => {
    const { page, calls, close } = await studio.open();
    await moreFrames(page.getByTestId('output-video'), 10);
    await page.getByTestId('tab-source').click();
    await page.getByTestId('record-source').click();
    expect(await calls('patchSettings')).toContainEqual({
      method: 'patchSettings',
      request: { recordSource: true },
    });
    await page.getByTestId('record').click();
    const parts = async (): Promise<unknown[]> =>
      (await calls('writeRecording')).map(({ request }) => (request as { part: string }).part);
    await expect.poll(parts, patient).toEqual(expect.arrayContaining(['output', 'source']));
    await page.getByTestId('record').click();
    await expect.poll(async () => (await calls('endRecording')).length, patient).toBe(1);
    for (const part of ['output', 'source']) {
      const player = await openRecorded(await recordedBy(page, part));
      expect([player.width, player.height]).toEqual([256, 256]);
      await player.close();
    }
    await close();
  });

  it('ends in order when main says that the disk is full, and when the user stops', async () => {
    const { page, calls, close } = await studio.open();
    await moreFrames(page.getByTestId('output-video'), 10);
    await page.getByTestId('record').click();
    await expect.poll(async () => (await calls('writeRecording')).length, patient).toBeGreaterThan(0);
    await tell(page, { type: 'broken', id: 'recording-1', problem: 'The disk is full.', kept: true });
    await page.getByText('The recording has ended. The disk is full. What was recorded').waitFor();
    await expect.poll(async () => (await calls('endRecording')).length, patient).toBe(1);
    await expect.poll(() => phase(page), patient).toBe('off');
    await page.getByTestId('record').click();
    await expect.poll(() => phase(page), patient).toBe('recording');
    await page.getByTestId('stop').click();
    await expect.poll(async () => (await calls('endRecording')).length, patient).toBe(2);
    expect(await page.getByTestId('record').isDisabled()).toBe(true);
    await close();
  });

  it('says why it cannot begin', async () => {
    const { page, close } = await studio.open({ recordingProblem: 'The disk is full.' });
    await moreFrames(page.getByTestId('output-video'), 10);
    await page.getByTestId('record').click();
    await page.getByText('The recording could not begin. The disk is full.').waitFor();
    expect(await phase(page)).toBe('off');
    await close();
  });

  it('leaves the bar whole in a small window', async () => {
    const { page, calls, close } = await studio.open({}, { viewport: { width: 720, height: 640 } });
    await moreFrames(page.getByTestId('output-video'), 10);
    await page.getByTestId('record').click();
    await expect.poll(async () => (await calls('writeRecording')).length, patient).toBeGreaterThan(1);
    const bar = await page.getByTestId('full-screen').boundingBox();
    expect(bar!.x + bar!.width).toBeLessThanOrEqual(720);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(720);
    await close();
  });
});

describe('a snapshot', () => {
  it('is the output in the full size of its frames, with what made it', async () => {
    const { page, calls, close } = await studio.open();
    await moreFrames(page.getByTestId('output-video'), 10);
    await page.keyboard.press('s');
    await page.getByText('Snapshot: Linkspan 2026-11-25 22.31.05.png.').waitFor();
    const [saved] = await calls('saveSnapshot');
    const { png, facts } = saved!.request as { png: number[]; facts: object };
    expect(facts).toMatchObject({
      pipelineId: 'sketch',
      source: { kind: 'pattern', name: 'Test pattern' },
      size: { width: 256, height: 256 },
    });
    const bytes = Buffer.from(png);
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([256, 256]);
    await close();
  });
});
