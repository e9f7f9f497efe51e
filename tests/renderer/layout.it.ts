import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkState } from '../../shared/link/state.ts';
import { oneModel } from './model-files.ts';
import { moreFrames } from './pixels.ts';
import { Studio } from './studio.ts';

let studio: Studio;
beforeAll(async () => {
  studio = await Studio.create();
});
afterAll(() => studio.dispose());

const unbroken = 'a_name_without_any_space_in_it_'.repeat(6);
const longNames = {
  info: {
    endpoint: {
      name: 'The runner of the department of imaging',
      url: `wss://gpu.example/${unbroken}/ws`,
      hasToken: true,
      offered: false,
    },
    notices: [`${unbroken}.webm cannot be read.`],
    models: {
      ...oneModel,
      models: oneModel.models.map((model) => ({
        ...model,
        manifest: model.manifest.replace('"Oil paint"', `"${unbroken.slice(0, 120)}"`),
      })),
    },
  },
};
const dialling: LinkState = {
  phase: 'recovering',
  fault: { kind: 'liveness-timeout', silentMs: 9_000 },
  strategy: 'resume',
  attempt: 1,
  attempts: 4,
  nextAttemptAt: null,
  stage: 'waiting',
  media: 'flowing',
  since: 0,
};

const overhang = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
/** The words of the link's parts that are not to be seen whole. */
const cutParts = (page: Page): Promise<(string | null)[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('[data-testid="link-status"] span')]
      .filter((words) => words.scrollWidth > words.clientWidth + 1 && words.children.length === 0)
      .map((words) => words.textContent),
  );
/** From one edge of its box to the other, as it is drawn. */
const wide = (page: Page, testId: string): Promise<number> =>
  page
    .getByTestId(testId)
    .first()
    .evaluate((box) => box.scrollWidth - box.clientWidth);

describe('the window, whatever its width', () => {
  it('cuts no part of the link and sticks out nowhere, with long names and while it records', async () => {
    const { page, close } = await studio.open(longNames);
    await moreFrames(page.getByTestId('output-video'), 5);
    await page.getByTestId('record').click();
    await page.getByTestId('recording-figures').waitFor();
    await page.evaluate((state) => window.fakeMain.pushState(state), dialling);
    await page.getByTestId('link-banner').waitFor();
    for (const width of [320, 480, 640, 720, 860, 1_000, 1_280, 1_920]) {
      await page.setViewportSize({ width, height: 640 });
      for (const tab of ['pipeline', 'models', 'endpoint']) {
        await page.getByTestId(`tab-${tab}`).click();
        expect(await overhang(page), `${tab} at ${width}`).toBeLessThanOrEqual(0);
      }
      expect(await wide(page, 'runner'), `runner at ${width}`).toBeLessThanOrEqual(0);
      if (width <= 860) expect(await cutParts(page), `parts at ${width}`).toEqual([]);
    }
    await close();
  });

  it('leaves the steps of connecting in view', async () => {
    const { page, close } = await studio.open({ goesLive: false });
    await page.getByTestId('connecting').waitFor();
    for (const width of [320, 480, 640, 860, 1_280]) {
      await page.setViewportSize({ width, height: 640 });
      const covered = await page.getByTestId('connecting').evaluate((box) =>
        [...box.querySelectorAll('li')].flatMap((step) => {
          const { left, right, bottom } = step.getBoundingClientRect();
          const corners = [left + 1, right - 1].map((x) => document.elementFromPoint(x, bottom - 2));
          return corners.every((there) => there !== null && box.contains(there)) ? [] : [step.textContent];
        }),
      );
      expect(covered, `steps at ${width}`).toEqual([]);
    }
    await close();
  });

  it('shows which tab and which switch is on where the system paints the colours', async () => {
    const { page, close } = await studio.open({}, { forcedColors: 'active', reducedMotion: 'reduce' });
    await moreFrames(page.getByTestId('output-video'), 3);
    const underline = (tab: string): Promise<string> =>
      page.getByTestId(`tab-${tab}`).evaluate((element) => getComputedStyle(element).borderBottomColor);
    expect(await underline('pipeline')).not.toBe(await underline('source'));
    const painted = (): Promise<string[]> =>
      page
        .getByTestId('record-source')
        .evaluate((element) =>
          [element, element.firstElementChild!].map((each) => getComputedStyle(each).backgroundColor),
        );
    await page.getByTestId('tab-source').click();
    const off = await painted();
    expect(new Set(off).size).toBe(2);
    await page.getByTestId('record-source').click();
    const on = await painted();
    expect(new Set(on).size).toBe(2);
    expect(on[0]).not.toBe(off[0]);
    await close();
  });
});
