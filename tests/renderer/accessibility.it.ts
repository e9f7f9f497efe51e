import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkState } from '../../shared/link/state.ts';
import { candidateAt, invert, oneModel } from './model-files.ts';
import { moreFrames } from './pixels.ts';
import { runnerScreens, type Screen } from './runner-screens.ts';
import { Studio } from './studio.ts';

let studio: Studio;
beforeAll(async () => {
  studio = await Studio.create();
  studio.server.addMedia('model.onnx', Buffer.from(invert().toBytes()));
});
afterAll(() => studio.dispose());

const fault = { kind: 'unauthorised', status: 401 } as const;
const push = (page: Page, state: LinkState): Promise<void> =>
  page.evaluate((state) => window.fakeMain.pushState(state), state);
const live = (page: Page): Promise<void> => moreFrames(page.getByTestId('output-video'), 3);

const screens: Screen[] = [
  ...runnerScreens,
  { name: 'loading', options: { silent: true }, reach: (page) => page.getByTestId('boot').waitFor() },
  { name: 'live', reach: live },
  {
    name: 'every kind of control',
    reach: async (page) => {
      await page.getByTestId('pipeline-dream').click();
      await page.getByRole('textbox', { name: 'Prompt' }).waitFor();
    },
  },
  {
    name: 'no endpoint',
    options: { info: { endpoint: null, pipelines: [] } },
    reach: (page) => page.getByTestId('no-endpoint').waitFor(),
  },
  {
    name: 'stopped, with a notice',
    options: { info: { notices: ['Something to know.'] } },
    reach: async (page) => {
      await page.getByTestId('stop').click();
      await page.getByTestId('stopped').waitFor();
    },
  },
  {
    name: 'connecting',
    options: { goesLive: false },
    reach: async (page) => {
      await page.getByTestId('connecting').waitFor();
      await push(page, { phase: 'connecting', stage: 'loading', since: 0 });
    },
  },
  {
    name: 'recovering',
    reach: async (page) => {
      await live(page);
      await push(page, {
        phase: 'recovering',
        fault,
        strategy: 'resume',
        attempt: 1,
        attempts: 4,
        nextAttemptAt: null,
        stage: 'dialling',
        media: 'stopped',
        since: 0,
      });
      await page.getByTestId('link-banner').waitFor();
    },
  },
  {
    name: 'a stalled picture, with the link’s details open',
    reach: async (page) => {
      await live(page);
      await push(page, { phase: 'degraded', reason: 'stalled', since: 0, loading: null });
      await page.getByTestId('link-banner').waitFor();
      await page.getByTestId('link-status').click();
      await page.getByTestId('link-details').waitFor();
    },
  },
  {
    name: 'timeline',
    options: { info: { timeline: [{ at: 0, what: 'Live again', why: 'A reason', tookMs: 240 }] } },
    reach: async (page) => {
      await page.getByTestId('tab-activity').click();
      await page.getByTestId('timeline-entry').waitFor();
    },
  },
  {
    name: 'the runner’s log',
    options: { info: { runnerLog: Array.from({ length: 200 }, (_, line) => `line ${line}`) } },
    reach: async (page) => {
      await page.getByTestId('tab-activity').click();
      await page.getByTestId('show-runner-log').click();
      await page.getByTestId('runner-log-line').first().waitFor();
    },
  },
  {
    name: 'detection and recovery, with a number that is refused',
    reach: async (page) => {
      await page.getByTestId('tab-endpoint').click();
      await page.getByTestId('advanced').click();
      await page.getByTestId('recovery-attempts').fill('0');
      await page.getByTestId('recovery-save').click();
      await page.getByTestId('recovery-problem-attempts').waitFor();
    },
  },
  {
    name: 'failed',
    options: { goesLive: false },
    reach: async (page) => {
      await page.getByTestId('connecting').waitFor();
      await push(page, { phase: 'failed', fault, attempts: 0, nextAttemptAt: null, stage: null, since: 0 });
      await page.getByTestId('failed').waitFor();
    },
  },
  {
    name: 'source, with the camera list open',
    reach: async (page) => {
      await page.getByTestId('tab-source').click();
      await page.getByTestId('source-camera').click();
      await page.getByTestId('camera-choice').click();
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'source, with a problem',
    options: {
      pickedFile: { path: '/x/gone.webm', name: 'gone.webm', url: 'app://bundle/user-media/gone.webm' },
    },
    reach: async (page) => {
      await page.getByTestId('tab-source').click();
      await page.getByTestId('source-file').click();
      await page.getByTestId('source-problem').waitFor();
    },
  },
  {
    name: 'screen picker',
    options: {
      captureSources: [{ id: '1', name: 'Screen 1', kind: 'screen', thumbnail: 'data:image/png;base64,' }],
    },
    reach: async (page) => {
      await page.getByTestId('tab-source').click();
      await page.getByTestId('source-screen').click();
      await page.getByTestId('screen-tile').waitFor();
    },
  },
  {
    name: 'models, with one that is added',
    options: { pickedModel: candidateAt('/user-media/model.onnx') },
    reach: async (page) => {
      await page.getByTestId('tab-models').click();
      await page.getByTestId('model-add').click();
      await page.getByTestId('model-verdict').waitFor({ timeout: 60_000 });
    },
  },
  {
    name: 'models, with one that is refused and one to be removed',
    options: { pickedModel: { ok: false, problem: 'It is empty.' }, info: { models: oneModel } },
    reach: async (page) => {
      await page.getByTestId('tab-models').click();
      await page.getByTestId('model-add').click();
      await page.getByTestId('model-refused').waitFor();
      await page.getByTestId('model-remove').click();
      await page.getByTestId('model-remove-confirm').waitFor();
    },
  },
  {
    name: 'a model’s licence',
    reach: async (page) => {
      await page.getByTestId('tab-models').click();
      await page.getByTestId('model-licence').first().click();
      await page.getByTestId('licence-text').waitFor();
    },
  },
  {
    name: 'shortcuts',
    reach: async (page) => {
      await live(page);
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
];
const looks = [
  {
    name: 'dark',
    media: { colorScheme: 'dark', contrast: 'no-preference' },
    viewport: { width: 1280, height: 800 },
  },
  {
    name: 'light',
    media: { colorScheme: 'light', contrast: 'no-preference' },
    viewport: { width: 1600, height: 900 },
  },
  {
    name: 'contrast',
    media: { colorScheme: 'light', contrast: 'more' },
    viewport: { width: 640, height: 900 },
  },
] as const;

describe('axe finds nothing, dark and light, wide and narrow, with more contrast', () => {
  it.each(screens)('$name', async ({ options, reach }) => {
    // No transitions: axe must not measure a colour half way.
    const { page, close } = await studio.open(options, { reducedMotion: 'reduce' });
    await reach(page);
    for (const { name, media, viewport } of looks) {
      await page.emulateMedia({ ...media, reducedMotion: 'reduce' });
      await page.setViewportSize(viewport);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
      );
      expect(found, name).toEqual([]);
      // Nothing may stick out sideways at any width.
      const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overhang, name).toBeLessThanOrEqual(0);
    }
    await close();
  });
});

it('keeps words on the stage light on dark in the light theme, where axe cannot tell', async () => {
  const { page, close } = await studio.open({}, { colorScheme: 'light' });
  await page.getByTestId('stop').click();
  const heading = page.getByRole('heading', { name: 'Ready' });
  const colour = await heading.evaluate((element) => getComputedStyle(element).color);
  const [red = 0, green = 0, blue = 0] = colour.match(/\d+/g)!.map(Number);
  expect(Math.min(red, green, blue)).toBeGreaterThan(200);
  await close();
});

it('keeps its layout while a list is open', async () => {
  const { page, close } = await studio.open();
  await page.getByTestId('tab-source').click();
  const height = (): Promise<number> => page.getByTestId('stage').evaluate((stage) => stage.clientHeight);
  const before = await height();
  await page.getByTestId('size-choice').click();
  await page.getByRole('option').first().waitFor();
  expect(await height()).toBe(before);
  await close();
});

it('has a name that says what it is, and one main landmark', async () => {
  const { page, close } = await studio.open();
  await live(page);
  expect(await page.title()).toBe('Linkspan');
  expect(await page.getByRole('main').count()).toBe(1);
  await close();
});

it('reaches every control in order by Tab, with a focus that can be seen', async () => {
  const { page, close } = await studio.open();
  await live(page);
  const visited: string[] = [];
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const outlined = (candidate: Element | null): boolean =>
        candidate !== null && getComputedStyle(candidate).outlineStyle !== 'none';
      const seen =
        outlined(element) || outlined(element.parentElement) || outlined(element.closest('[class*="thumb"]'));
      return {
        name: element.dataset.testid ?? element.ariaLabel ?? element.id,
        seen,
        body: element === document.body,
      };
    });
    if (focus.body) break;
    expect(focus, `focus on ${focus.name}`).toMatchObject({ seen: true });
    visited.push(focus.name);
  }
  for (const stop of ['stop', 'full-screen', 'tab-pipeline', 'pipeline-sketch', 'reset-all'])
    expect(visited).toContain(stop);
  await close();
});
