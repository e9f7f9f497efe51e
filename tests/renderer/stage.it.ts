import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { userSettings } from '../../shared/settings/schema.ts';
import type { LinkState } from '../../shared/link/state.ts';
import { meanColour, moreFrames } from './pixels.ts';
import { Studio } from './studio.ts';

let studio: Studio;
beforeAll(async () => {
  studio = await Studio.create();
});
afterAll(() => studio.dispose());

const recovering = (nextAttemptAt: number | null): LinkState => ({
  phase: 'recovering',
  fault: { kind: 'closed', code: 1006, reason: '' },
  strategy: 'rejoin',
  attempt: 2,
  attempts: 4,
  nextAttemptAt,
  stage: nextAttemptAt === null ? 'dialling' : null,
  media: 'stopped',
  since: Date.now(),
});
/** The first bar of the test pattern: 75 % white. */
const firstBar = { x: 0.03, y: 0.93, width: 0.08, height: 0.05 };

describe('stage', () => {
  it('streams the test pattern from the first start and shows what comes back, altered', async () => {
    const { page, complaints, calls, close } = await studio.open();
    const output = page.getByTestId('output-video');
    await moreFrames(output, 60);
    await expect.poll(() => page.getByTestId('link-status').getAttribute('data-phase')).toBe('live');
    await expect.poll(async () => Number(await output.getAttribute('data-fps'))).toBeGreaterThan(10);
    expect(await page.getByTestId('fps').textContent()).toMatch(/^\d+ fps$/);
    expect(await page.getByTestId('round-trip').textContent()).toBe('23 ms');
    // The sweep passes white over the bar; the far end inverts 191 to 64.
    await expect.poll(async () => Math.abs((await meanColour(output, firstBar))[0] - 64)).toBeLessThan(12);
    await expect
      .poll(async () => Math.abs((await meanColour(page.getByTestId('source-video'), firstBar))[0] - 191))
      .toBeLessThan(6);
    expect(await calls('startLink')).toEqual([
      { method: 'startLink', request: expect.objectContaining({ pipelineId: 'sketch' }) },
    ]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('S4: is cross-origin isolated and breaks no rule of the content security policy', async () => {
    const { page, complaints, close } = await studio.open();
    await moreFrames(page.getByTestId('output-video'), 5);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    expect(complaints).toEqual([]);
    await close();
  });

  it('S16: offers host candidates only, one video section both ways and no data channel', async () => {
    const { page, calls, close } = await studio.open();
    await moreFrames(page.getByTestId('output-video'), 5);
    const [attached] = await calls('attachMedia');
    const { sdp } = attached!.request as { sdp: string };
    expect(sdp.match(/^m=/gm)).toHaveLength(1);
    expect(sdp).toMatch(/^m=video/m);
    expect(sdp).toMatch(/^a=sendrecv/m);
    expect(sdp).not.toMatch(/typ (srflx|relay)/);
    await close();
  });

  it('A52: says what was lost, the attempt and the countdown, and offers Retry now and Stop', async () => {
    const { page, calls, close } = await studio.open();
    await moreFrames(page.getByTestId('output-video'), 5);
    const next = (await page.evaluate(() => Date.now())) + 9_000;
    await page.evaluate((state) => window.fakeMain.pushState(state), recovering(next));
    const banner = page.getByTestId('link-banner');
    expect(await banner.textContent()).toContain('Remote inference connection lost');
    expect(await banner.textContent()).toMatch(/Attempt 2 of 4 in [89] s/);
    await banner.getByText(/in 7 s/).waitFor();
    expect(await page.getByTestId('announcement').textContent()).toContain('Attempt 2 of 4');
    await page.getByTestId('retry').click();
    expect(await calls('retryLink')).toHaveLength(1);
    await page.getByTestId('banner-stop').click();
    await page.getByTestId('stopped').waitFor();
    const order = (await calls()).map(({ method }) => method).filter((method) => method !== 'shownChanged');
    expect(order.slice(-3)).toEqual(['patchSettings', 'stopLink', 'detachMedia']);
    await close();
  });

  it('A53: says that it has given up after how many attempts, and the way out', async () => {
    const { page, calls, close } = await studio.open({ goesLive: false });
    await page.getByTestId('connecting').waitFor();
    await page.evaluate(() =>
      window.fakeMain.pushState({
        phase: 'failed',
        fault: { kind: 'unreachable', code: 'ECONNREFUSED' },
        attempts: 4,
        nextAttemptAt: null,
        stage: null,
        since: 0,
      }),
    );
    await page.getByRole('heading', { name: 'Reconnection failed after 4 attempts.' }).waitFor();
    await page.getByTestId('way-out').click();
    expect(await calls('retryLink')).toHaveLength(1);
    await close();
  });

  it('shows each stage of a connecting link', async () => {
    const { page, close } = await studio.open({ goesLive: false });
    await page.getByTestId('connecting').waitFor();
    for (const [stage, words] of [
      ['dialling', 'Connecting to the runner'],
      ['waiting', 'Waiting for the runner'],
      ['loading', 'Loading the pipeline'],
      ['negotiating', 'Setting up video'],
      ['first-frame', 'Waiting for the first picture'],
    ] as const) {
      await page.evaluate(
        (stage) => window.fakeMain.pushState({ phase: 'connecting', stage, since: 0 }),
        stage,
      );
      await page.getByRole('heading', { name: words }).waitFor();
    }
    await close();
  });

  it('A63: names this computer as the route while its first picture is on its way', async () => {
    const settings = { ...v.parse(userSettings, {}), route: 'local' as const, streaming: false };
    const { page, close } = await studio.open({ info: { settings } });
    await page.getByTestId('stopped').waitFor();
    await page.getByTestId('part-route').getByText('Local').waitFor();
    await close();
  });

  it('starts and stops by the keyboard, and leaves typed spaces alone', async () => {
    const { page, calls, close } = await studio.open();
    await moreFrames(page.getByTestId('output-video'), 5);
    await page.keyboard.press('Space');
    await page.getByTestId('stopped').waitFor();
    await page.keyboard.press('Space');
    await moreFrames(page.getByTestId('output-video'), 5);
    await page.keyboard.press('4');
    await page.getByTestId('runner-add').click();
    await page.getByTestId('endpoint-url').fill('a b');
    await page.getByTestId('endpoint-url').press('Space');
    expect(await calls('stopLink')).toHaveLength(1);
    await page.getByTestId('tab-endpoint').focus();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await close();
  });

  it('fills the screen by F and by a command from main, and leaves it again', async () => {
    const { page, close } = await studio.open();
    await moreFrames(page.getByTestId('output-video'), 5);
    await page.keyboard.press('f');
    await page.waitForFunction(() => document.fullscreenElement?.id === 'stage');
    await page.evaluate(() => window.fakeMain.push('app:command', 'fullscreen'));
    await page.waitForFunction(() => document.fullscreenElement === null);
    await close();
  });

  it('asks for an endpoint when there is none, with the source in view', async () => {
    const { page, calls, close } = await studio.open({ info: { endpoint: null, pipelines: [] } });
    await page.getByRole('heading', { name: 'Add a runner' }).waitFor();
    await expect
      .poll(async () => Math.abs((await meanColour(page.getByTestId('source-video'), firstBar))[0] - 191))
      .toBeLessThan(6);
    await page.getByTestId('no-endpoint').getByRole('button', { name: 'Add a runner' }).click();
    await page.waitForFunction(
      () => (document.activeElement as HTMLElement | null)?.dataset.testid === 'endpoint-url',
    );
    expect(await calls('attachMedia')).toEqual([]);
    await close();
  });
});
