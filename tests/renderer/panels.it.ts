import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moreFrames } from './pixels.ts';
import { Studio } from './studio.ts';

let studio: Studio;
beforeAll(async () => {
  studio = await Studio.create();
});
afterAll(() => studio.dispose());

const merged = (calls: { request: unknown }[]): Record<string, unknown> =>
  Object.assign({}, ...calls.map(({ request }) => (request as { values: object }).values));

describe('parameters', () => {
  it('sends what is changed, once per frame at most, and nothing else', async () => {
    const { page, calls, close } = await studio.open();
    await moreFrames(page.getByTestId('output-video'), 5);
    // A dragged slider gives many events within one frame; they must become one call.
    const frames = await page.evaluate(async () => {
      const slider = document.querySelector<HTMLInputElement>(
        '[data-testid="parameter-strength"] input[type="range"]',
      )!;
      const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!;
      let frames = 0;
      let counting = true;
      const count = (): void => {
        frames += 1;
        if (counting) requestAnimationFrame(count);
      };
      requestAnimationFrame(count);
      for (let step = 0; step < 100; step += 1) {
        value.set!.call(slider, String((step % 40) * 0.05));
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        slider.dispatchEvent(new Event('change', { bubbles: true }));
        if (step % 25 === 24) await new Promise(requestAnimationFrame);
      }
      await new Promise(requestAnimationFrame);
      counting = false;
      return frames;
    });
    await expect.poll(async () => merged(await calls('setParameters'))['strength']).toBeCloseTo(0.95, 5);
    const sent = await calls('setParameters');
    expect(sent.length).toBeLessThanOrEqual(frames + 1);
    expect(sent.length).toBeLessThan(20);
    expect(Object.keys(merged(sent))).toEqual(['strength']);
    await close();
  });

  it('draws a control for every kind, each of which works by the keyboard or by typing', async () => {
    const { page, calls, close } = await studio.open();
    await page.getByRole('slider', { name: 'Threshold' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('switch', { name: 'Paper grain' }).press('Space');
    await page.getByLabel('Ink', { exact: true }).fill('#ff0000');
    await page.getByRole('textbox', { name: 'Strength' }).fill('0,5');
    await expect
      .poll(async () => merged(await calls('setParameters')))
      .toEqual({ threshold: 13, grain: 0, ink: [1, 0, 0], strength: 0.5 });
    await page.getByTestId('pipeline-dream').click();
    await page.getByRole('textbox', { name: 'Prompt' }).fill('a quiet harbour');
    await page.getByRole('combobox', { name: 'Look' }).press('Enter');
    await page.getByRole('option', { name: 'Photo' }).press('Enter');
    await page.getByRole('button', { name: 'Seed: roll the dice' }).click();
    await expect
      .poll(async () => merged(await calls('setParameters')))
      .toMatchObject({ prompt: 'a quiet harbour', look: 2, seed: expect.any(Number) });
    await close();
  });

  it('sends a prompt when typing rests, not letter by letter', async () => {
    const { page, calls, close } = await studio.open();
    await page.getByTestId('pipeline-dream').click();
    await page.getByRole('textbox', { name: 'Prompt' }).fill('');
    await page.getByRole('textbox', { name: 'Prompt' }).pressSequentially('waves at night');
    await expect.poll(async () => merged(await calls('setParameters'))['prompt']).toBe('waves at night');
    expect((await calls('setParameters')).length).toBeLessThan(5);
    await close();
  });

  it('starts from what was kept, and goes back to the defaults one by one or all', async () => {
    const { page, calls, close } = await studio.open({
      info: { parameters: { sketch: { strength: 1.75, threshold: 40 } } },
    });
    await moreFrames(page.getByTestId('output-video'), 5);
    expect(await page.getByRole('textbox', { name: 'Strength' }).inputValue()).toBe('1.75');
    expect((await calls('startLink'))[0]!.request).toMatchObject({
      parameters: { strength: 1.75, threshold: 40, grain: 1 },
    });
    await page.getByTestId('reset-strength').click();
    await expect.poll(() => page.getByRole('textbox', { name: 'Strength' }).inputValue()).toBe('1.00');
    expect(await page.getByRole('textbox', { name: 'Threshold' }).inputValue()).toBe('40');
    await page.getByTestId('reset-all').click();
    await expect.poll(() => page.getByRole('textbox', { name: 'Threshold' }).inputValue()).toBe('12');
    await expect
      .poll(async () => merged(await calls('setParameters')))
      .toEqual({ strength: 1, threshold: 12 });
    await close();
  });
});

describe('pipelines', () => {
  it('switches live: the picture goes on over the same connection', async () => {
    const { page, calls, close } = await studio.open();
    await moreFrames(page.getByTestId('output-video'), 10);
    await page.getByTestId('pipeline-echo').click();
    await expect
      .poll(async () => (await calls('startLink')).at(-1)!.request)
      .toMatchObject({ pipelineId: 'echo' });
    await moreFrames(page.getByTestId('output-video'), 10);
    expect(await page.evaluate(() => window.fakeMain.peersMade())).toBe(1);
    expect(await calls('stopLink')).toEqual([]);
    await close();
  });

  it('appear when the runner tells them', async () => {
    const { page, close } = await studio.open({ info: { pipelines: [] } });
    await page.getByTestId('no-pipelines').waitFor();
    await page.evaluate(() =>
      window.fakeMain.push('pipelines:changed', [
        { id: 'sketch', title: 'Sketch', description: '', version: '', parameters: [] },
      ]),
    );
    await page.getByTestId('pipeline-sketch').waitFor();
    await close();
  });
});

describe('screens', () => {
  const captureSources = [
    { id: 'screen:0', name: 'Entire screen', kind: 'screen' as const, thumbnail: 'data:image/png;base64,' },
  ];

  it('tells main which one before it captures', async () => {
    const { page, calls, close } = await studio.open({ captureSources }, {}, (page) =>
      page.addInitScript(() => {
        // Headless Chromium has no screen to capture; a canvas is a track like any other.
        navigator.mediaDevices.getDisplayMedia = () => {
          const canvas = document.createElement('canvas');
          canvas.getContext('2d')!.fillRect(0, 0, 9, 9);
          return Promise.resolve(canvas.captureStream());
        };
      }),
    );
    await page.getByTestId('tab-source').click();
    await page.getByTestId('source-screen').click();
    await page.getByTestId('screen-tile').click();
    await page.getByText('Entire screen').first().waitFor();
    expect(await calls('chooseCaptureSource')).toEqual([
      { method: 'chooseCaptureSource', request: { id: 'screen:0' } },
    ]);
    // A still screen gives no new frames, but the runner needs some: the last one is repeated.
    await moreFrames(page.getByTestId('output-video'), 10);
    await close();
  });

  it('says so when there is nothing to capture', async () => {
    const { page, close } = await studio.open();
    await page.getByTestId('tab-source').click();
    await page.getByTestId('source-screen').click();
    await page.getByText('There is nothing to capture').waitFor();
    await close();
  });
});
