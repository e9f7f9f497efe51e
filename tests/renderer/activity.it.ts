import * as v from 'valibot';
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
