import * as v from 'valibot';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultRecovery } from '../../shared/link/recovery-settings.ts';
import { userSettings } from '../../shared/settings/schema.ts';
import { Studio } from './studio.ts';

let studio: Studio;
beforeAll(async () => {
  studio = await Studio.create();
});
afterAll(() => studio.dispose());

const stopped = { endpoint: null };
const lab = { name: 'The lab', url: 'wss://lab.example/ws' };

describe('activity', () => {
  const runnerLog = Array.from({ length: 80 }, (_, line) => `line ${line}`);

  it('lists what became of the link: when, what, why and how long, the newest first', async () => {
    const at = Date.UTC(2026, 10, 25, 12, 0, 5);
    const timeline = [{ at: at - 4_000, what: 'Connecting', why: null, tookMs: null }];
    const { page, close } = await studio.open(
      { info: { ...stopped, timeline } },
      { timezoneId: 'UTC', locale: 'en-GB' },
    );
    const entries = page.getByTestId('timeline-entry');
    const shortcut = async (): Promise<number> => {
      // Keys are listened to a moment after the window is drawn.
      await page.keyboard.press('5');
      return entries.count();
    };
    await expect.poll(shortcut, { timeout: 20_000 }).toBe(1);
    await page.evaluate(
      (at) =>
        window.fakeMain.push('link:timeline', {
          at,
          what: 'Connection lost',
          why: 'The runner stopped answering for 9 s',
          tookMs: 185_000,
        }),
      at,
    );
    await expect.poll(() => entries.count()).toBe(2);
    expect(await entries.first().innerText()).toMatch(
      /12:00:05\s+Connection lost\s+after 3 min 5 s\s+The runner stopped answering for 9 s/,
    );
    await close();
  });

  it('shows the lines of the runner’s log, and follows them unless the reader has scrolled up', async () => {
    const { page, close } = await studio.open({ info: { ...stopped, runnerLog } });
    await page.getByTestId('tab-activity').click();
    await page.getByTestId('show-runner-log').click();
    const lines = page.getByTestId('runner-log-line');
    const say = (text: string): Promise<void> =>
      page.evaluate((text) => window.fakeMain.push('runner:log', [text]), text);
    const isInView = (text: string): Promise<boolean> =>
      lines.getByText(text, { exact: true }).evaluate((line) => {
        const { top, bottom } = line.closest('[role="tabpanel"]')!.getBoundingClientRect();
        const box = line.getBoundingClientRect();
        return box.bottom <= bottom + 1 && box.top >= top - 1;
      });
    await expect.poll(() => isInView('line 79')).toBe(true);
    await say('line 80');
    await expect.poll(() => isInView('line 80')).toBe(true);
    await lines.getByText('line 20', { exact: true }).scrollIntoViewIfNeeded();
    await expect.poll(() => isInView('line 20')).toBe(true);
    await say('line 81');
    await expect.poll(() => lines.count()).toBe(82);
    expect(await isInView('line 20')).toBe(true);
    await close();
  });

  it('keeps no more lines than can be read', async () => {
    const { page, close } = await studio.open({ info: { ...stopped, runnerLog } });
    await page.getByTestId('tab-activity').click();
    await page.getByTestId('show-runner-log').click();
    await page.evaluate(() =>
      window.fakeMain.push(
        'runner:log',
        Array.from({ length: 1_000 }, (_, line) => `more ${line}`),
      ),
    );
    const lines = page.getByTestId('runner-log-line');
    await expect.poll(() => lines.count()).toBe(500);
    expect(await lines.last().textContent()).toBe('more 999');
    await close();
  });
});

describe('other runners', () => {
  async function add(page: Page, url: string, name = '', token = ''): Promise<void> {
    await page.getByTestId('fallback-open').click();
    await page.getByTestId('fallback-url').fill(url);
    await page.getByTestId('fallback-name').fill(name);
    await page.getByTestId('fallback-token').fill(token);
    await page.getByTestId('fallback-add').click();
  }

  it('are added, moved and removed, each time as the whole list and with no token but the one typed', async () => {
    const { page, calls, close } = await studio.open({ info: stopped });
    await page.getByTestId('tab-endpoint').click();
    const rows = page.getByTestId('fallback');
    await add(page, ' wss://lab.example/ws ', 'The lab', 'secret');
    await expect.poll(() => rows.count()).toBe(1);
    await add(page, 'ws://127.0.0.1:9000/ws');
    await expect.poll(() => rows.count()).toBe(2);
    await page.getByRole('button', { name: 'Move 127.0.0.1:9000 up' }).click();
    await expect.poll(() => rows.first().textContent()).toContain('127.0.0.1:9000');
    await page.getByRole('button', { name: 'Remove The lab' }).click();
    await expect.poll(() => rows.count()).toBe(1);
    const here = { url: 'ws://127.0.0.1:9000/ws', name: '127.0.0.1:9000', token: null };
    expect((await calls('saveFallbacks')).map(({ request }) => request)).toEqual([
      { fallbacks: [{ ...lab, token: 'secret' }] },
      { fallbacks: [{ ...lab, token: null }, here] },
      { fallbacks: [here, { ...lab, token: null }] },
      { fallbacks: [here] },
    ]);
    await close();
  });

  it('stay as they were when one cannot be used, and say what to do', async () => {
    const fallbackFault = { kind: 'invalid-endpoint', detail: 'Use wss:// for hosts elsewhere.' } as const;
    const { page, close } = await studio.open({ info: stopped, fallbackFault });
    await page.getByTestId('tab-endpoint').click();
    await add(page, 'ws://elsewhere.example/ws');
    const refused = page.getByTestId('fallback-refused');
    await refused.getByText('Use wss:// for hosts elsewhere.').waitFor();
    expect(await refused.locator('[data-fault]').getAttribute('data-fault')).toBe('invalid-endpoint');
    expect(await page.getByTestId('fallback-url').inputValue()).toBe('ws://elsewhere.example/ws');
    expect(await page.getByTestId('fallback').count()).toBe(0);
    await close();
  });

  it('give the focus back to where it came from', async () => {
    const { page, close } = await studio.open({ info: stopped });
    await page.getByTestId('tab-endpoint').click();
    const focus = (): Promise<string | undefined> =>
      page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.testid);
    await page.getByTestId('fallback-open').press('Enter');
    expect(await focus()).toBe('fallback-url');
    await page.getByTestId('fallback-cancel').press('Enter');
    expect(await focus()).toBe('fallback-open');
    await add(page, lab.url);
    await page.getByTestId('fallback').waitFor();
    expect(await focus()).toBe('fallback-open');
    await close();
  });
});

describe('the numbers of detection and recovery', () => {
  it('are refused with what to do, and saved whole once they make sense', async () => {
    const { page, calls, close } = await studio.open({ info: stopped });
    await page.getByTestId('tab-endpoint').click();
    await page.getByTestId('advanced').click();
    const ping = page.getByTestId('recovery-pingIntervalMs');
    expect(await ping.inputValue()).toBe('4');
    await ping.fill('99');
    await ping.press('Enter');
    await page
      .getByTestId('recovery-problem-pingIntervalMs')
      .getByText('Type a number from 0.2 to 60.')
      .waitFor();
    await ping.fill('0,5');
    await page.getByTestId('recovery-livenessMs').fill('0.5');
    await page.getByTestId('recovery-problem-livenessMs').getByText('Make it 1 or more').waitFor();
    expect(await calls('patchSettings')).toEqual([]);
    await page.getByTestId('recovery-livenessMs').fill('1.25');
    await page.getByTestId('recovery-save').click();
    await page.getByTestId('recovery-form').waitFor({ state: 'detached' });
    expect(await calls('patchSettings')).toEqual([
      {
        method: 'patchSettings',
        request: { recovery: { ...defaultRecovery, pingIntervalMs: 500, livenessMs: 1_250 } },
      },
    ]);
    await close();
  });

  it('go back to their defaults', async () => {
    const settings = { ...v.parse(userSettings, {}), recovery: { ...defaultRecovery, attempts: 9 } };
    const { page, calls, close } = await studio.open({ info: { ...stopped, settings } });
    await page.getByTestId('tab-endpoint').click();
    await page.getByTestId('advanced').click();
    expect(await page.getByTestId('recovery-attempts').inputValue()).toBe('9');
    await page.getByTestId('recovery-reset').click();
    await page.getByTestId('recovery-save').click();
    expect(await calls('patchSettings')).toEqual([
      { method: 'patchSettings', request: { recovery: defaultRecovery } },
    ]);
    await close();
  });
});
