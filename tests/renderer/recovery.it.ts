import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkState } from '../../shared/link/state.ts';
import { noStats } from '../../shared/link/status.ts';
import { moreFrames } from './pixels.ts';
import { Studio } from './studio.ts';

let studio: Studio;
beforeAll(async () => {
  studio = await Studio.create();
});
afterAll(() => studio.dispose());

const live: LinkState = { phase: 'live', since: 0, loading: null };
const stalled: LinkState = { phase: 'degraded', reason: 'stalled', since: 0, loading: null };
const leaving: LinkState = { phase: 'degraded', reason: 'leaving', since: 0, loading: null };
const resuming = {
  phase: 'recovering',
  fault: { kind: 'closed', code: 1006, reason: '' },
  strategy: 'resume',
  attempt: 1,
  attempts: 4,
  nextAttemptAt: null,
  stage: 'dialling',
  media: 'flowing',
  since: 0,
} as const satisfies LinkState;
const rejoining: LinkState = { ...resuming, strategy: 'rejoin', media: 'stopped' };

const push = (page: Page, state: LinkState): Promise<void> =>
  page.evaluate((state) => window.fakeMain.pushState(state), state);
const show = (page: Page): Promise<void> => moreFrames(page.getByTestId('output-video'), 5);
const tones = (page: Page): Promise<(string | null)[]> =>
  Promise.all(
    ['route', 'signalling', 'media', 'inference'].map((part) =>
      page.getByTestId(`part-${part}`).getAttribute('data-tone'),
    ),
  );

describe('a link that is not as it should be', () => {
  it('A52: says of each state what is wrong and what is tried, over the picture, and offers both ways on', async () => {
    const { page, calls, close } = await studio.open();
    await show(page);
    const banner = page.getByTestId('link-banner');
    expect(await banner.count()).toBe(0);
    for (const [state, words] of [
      [stalled, 'No new picture is coming'],
      [leaving, 'The runner is about to stop'],
      [resuming, 'Taking the session up again. Attempt 1 of 4: connecting to the runner.'],
      [{ ...rejoining, strategy: 'rebuild' }, 'Setting up video anew.'],
      [rejoining, 'Starting a new session.'],
      [{ ...rejoining, strategy: 'migrate' }, 'Moving to another runner.'],
    ] as const) {
      await push(page, state);
      await banner.getByText(words).waitFor();
      expect(await page.getByTestId('link-status').getAttribute('data-tone')).toBe('warning');
      expect(await page.getByTestId('stage').getAttribute('data-scene')).toBe('picture');
    }
    expect(await page.getByTestId('link-status').getAttribute('data-strategy')).toBe('migrate');
    await page.getByTestId('retry').click();
    expect(await calls('retryLink')).toHaveLength(1);
    await push(page, live);
    await banner.waitFor({ state: 'detached' });
    expect(await page.getByTestId('link-status').getAttribute('data-strategy')).toBeNull();
    await close();
  });

  it('A61: says so when the runner repeats one picture, and nothing is to take over', async () => {
    const { page, close } = await studio.open();
    await show(page);
    const stats = { ...noStats, runnerFpsIn: 30, runnerFpsOut: 30, runnerFpsRepeated: 30 };
    const endpoint = { name: 'gpu', url: 'wss://gpu.example/ws' };
    await page.evaluate((status) => window.fakeMain.push('link:status', status), {
      state: live,
      endpoint,
      pipelineId: 'sketch',
      stats,
    });
    await page.getByTestId('shown').getByText('the cloud repeats one picture').waitFor();
    await page.getByTestId('link-banner').getByText('The cloud repeats one picture').waitFor();
    expect(await page.getByTestId('link-status').getAttribute('data-tone')).toBe('warning');
    await page.getByTestId('use-local').click();
    await page.getByTestId('link-banner').waitFor({ state: 'detached' });
    await close();
  });

  it('A52: counts down although nothing else moves', async () => {
    const { page, close } = await studio.open();
    await show(page);
    const output = page.getByTestId('output-video');
    await output.evaluate((video) => {
      (video as HTMLVideoElement).srcObject = null;
    });
    // The last frames still count for the second that they lie in.
    await expect.poll(() => output.getAttribute('data-fps'), { timeout: 10_000 }).toBe('0.0');
    const next = (await page.evaluate(() => Date.now())) + 4_000;
    await push(page, { ...rejoining, nextAttemptAt: next, stage: null });
    const banner = page.getByTestId('link-banner');
    const told = banner.evaluate(
      (element) =>
        new Promise<number[]>((resolve) => {
          const seconds: number[] = [];
          new MutationObserver((_changes, observer) => {
            const [, left] = /Attempt 1 of 4 in (\d) s/.exec(element.textContent) ?? [];
            if (left !== undefined) seconds.push(Number(left));
            if (!element.textContent.includes('Attempt 1 of 4 now.')) return;
            observer.disconnect();
            resolve(seconds);
          }).observe(element, { subtree: true, childList: true, characterData: true });
        }),
    );
    const seconds = await told;
    expect(seconds).toEqual([...new Set(seconds)].toSorted((a, b) => b - a));
    expect(seconds.length).toBeGreaterThan(1);
    await close();
  });

  it('A54: marks a picture that stands still, and only that one', async () => {
    const { page, close } = await studio.open();
    await show(page);
    const output = page.getByTestId('output');
    const look = async (): Promise<{ picture: string | null; said: boolean; dimmed: boolean }> => ({
      picture: await output.getAttribute('data-picture'),
      said: await output.getByText('Last picture').isVisible(),
      dimmed: await page
        .getByTestId('output-video')
        .evaluate((video) => getComputedStyle(video).filter !== 'none'),
    });
    const moving = { said: false, dimmed: false };
    const still = { picture: 'last', said: true, dimmed: true };
    expect(await look()).toEqual({ picture: 'live', ...moving });
    await push(page, stalled);
    expect(await look()).toEqual(still);
    await push(page, leaving);
    expect(await look()).toEqual({ picture: 'live', ...moving });
    await push(page, resuming);
    expect(await look()).toEqual({ picture: 'goes-on', ...moving });
    await push(page, rejoining);
    expect(await look()).toEqual(still);
    await close();
  });

  it('A17, A54: tells the four parts apart, with figures only where there are any', async () => {
    const { page, close } = await studio.open();
    await show(page);
    await expect.poll(() => tones(page)).toEqual(['live', 'live', 'live', 'live']);
    expect(await page.getByTestId('part-inference').textContent()).toContain('8.7 ms');
    await push(page, resuming);
    expect(await tones(page)).toEqual(['live', 'busy', 'warning', 'idle']);
    expect(await page.getByTestId('part-media').textContent()).toContain('Goes on for now');
    await expect.poll(() => page.getByTestId('fps').textContent()).toMatch(/\d/);
    await push(page, { ...rejoining, nextAttemptAt: 1, stage: null });
    expect(await tones(page)).toEqual(['busy', 'warning', 'warning', 'idle']);
    expect(await page.getByTestId('fps').textContent()).not.toMatch(/\d/);
    await page.getByTestId('link-status').click();
    await page.getByTestId('link-details').getByText('The connection broke off').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('link-details').waitFor({ state: 'detached' });
    await close();
  });

  it('tells screen readers of a change once, with what is tried, and of nothing that counts down', async () => {
    const { page, close } = await studio.open();
    await show(page);
    await push(page, { ...rejoining, nextAttemptAt: Date.now() + 60_000, stage: null });
    const announcement = page.getByTestId('announcement');
    expect(await announcement.textContent()).toBe(
      'Remote inference connection lost: The connection broke off. Starting a new session. Attempt 1 of 4.',
    );
    const live = await page.locator('[aria-live]:not([aria-live="off"]), output, [role="log"]').count();
    expect(live, 'the announcement and the list of notices').toBe(2);
    await close();
  });

  it('A33: asks for the token that a runner refused, and offers no retry', async () => {
    const { page, close } = await studio.open();
    await show(page);
    const fault = { kind: 'unauthorised', status: 401 } as const;
    await push(page, { phase: 'failed', fault, attempts: 0, nextAttemptAt: null, stage: null, since: 0 });
    expect(await page.getByTestId('way-out').textContent()).toContain('Enter the token');
    expect(await page.getByTestId('failed').getByRole('button', { name: 'Retry now' }).count()).toBe(0);
    await close();
  });
});

describe('a page that is loaded while the link is up', () => {
  const endpoint = { name: 'gpu.example', url: 'wss://gpu.example/ws', hasToken: false, offered: false };
  const status = { endpoint, pipelineId: 'sketch', stats: noStats };
  const entry = { at: 0, what: 'Live again', why: null, tookMs: 240 };

  /** What the window says of itself harms no session. */
  const disturbs = (method: string): boolean => !['attendRecordings', 'shownChanged'].includes(method);

  it('A65: attaches its media, shows the picture, and asks main for nothing that would disturb the session', async () => {
    const info = { endpoint, status: { ...status, state: live }, timeline: [entry] };
    const { page, calls, close } = await studio.open({ info });
    await show(page);
    expect(await page.getByTestId('link-status').getAttribute('data-phase')).toBe('live');
    expect((await calls()).map(({ method }) => method).filter(disturbs)).toEqual(['attachMedia']);
    await page.getByTestId('tab-activity').click();
    await page.getByTestId('timeline-entry').getByText('Live again').waitFor();
    await close();
  });

  it('A65: waits with a link that recovers', async () => {
    const info = { endpoint, status: { ...status, state: resuming } };
    const { page, calls, close } = await studio.open({ info });
    await page.getByTestId('link-banner').getByText('Taking the session up again.').waitFor();
    await show(page);
    expect((await calls()).map(({ method }) => method).filter(disturbs)).toEqual(['attachMedia']);
    await close();
  });
});

it('A31: tells main when the network goes and comes', async () => {
  const { page, calls, close } = await studio.open();
  await show(page);
  await page.context().setOffline(true);
  await page.context().setOffline(false);
  await expect
    .poll(async () => (await calls('networkChanged')).map(({ request }) => request))
    .toEqual([{ online: false }, { online: true }]);
  await close();
});
