import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeOptions } from './fake-options.ts';
import { moreFrames } from './pixels.ts';
import { Studio } from './studio.ts';

let studio: Studio;
beforeAll(async () => {
  studio = await Studio.create();
});
afterAll(() => studio.dispose());

const stopped = { endpoint: null };
const lab = { name: 'The lab', url: 'wss://lab.example/ws' };
const spare = { name: 'Spare', url: 'wss://spare.example/ws' };
const known = (runner: typeof lab, hasToken = false) => ({ ...runner, hasToken, offered: false });
const withBoth = { endpoint: known(lab, true), runners: [known(lab, true), known(spare)] };
const kept = (...runners: (typeof lab)[]) => runners.map((runner) => ({ ...runner, token: null }));
const passes: FakeOptions['endpointTest'] = {
  ok: true,
  value: { rttMs: 41.7, capabilities: [], pipelines: [] },
};

async function openForm(page: Page): Promise<void> {
  await page.getByTestId('tab-endpoint').click();
  await page.getByTestId('runner-add').click();
}
const focused = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.testid);

describe('the form for a runner', () => {
  it('says while one types what will be used, and what cannot be', async () => {
    const { page, calls, close } = await studio.open();
    await openForm(page);
    const hint = page.getByTestId('endpoint-hint');
    await page.getByTestId('endpoint-url').fill('http://lab:8443');
    await hint.getByText('Will be used as ws://lab:8443/ws.').waitFor();
    await page.getByTestId('endpoint-url').fill('ws://gpu.example/ws');
    await hint.getByText('Use wss:// for gpu.example').waitFor();
    expect(await hint.getAttribute('data-tone')).toBe('wrong');
    await page.getByTestId('endpoint-url').fill('wss://gpu.example/ws');
    await hint.getByText('wss:// anywhere').waitFor();
    await page.getByTestId('endpoint-url').fill('https://lab.example');
    await page.getByTestId('endpoint-name').fill('The lab');
    await page.getByTestId('endpoint-url').press('Enter');
    await page.getByTestId('endpoint-saved').waitFor();
    expect((await calls('saveRunners'))[0]!.request).toMatchObject({ runners: [{}, { ...lab, token: '' }] });
    expect(await calls('testEndpoint')).toEqual([]);
    await close();
  });

  it('tells in place why a test failed, with what to do', async () => {
    const { page, calls, close } = await studio.open();
    await openForm(page);
    await page.getByTestId('endpoint-url').fill(' wss://gpu.example/ws ');
    await page.getByTestId('endpoint-token').fill('secret');
    await page.getByTestId('endpoint-test').click();
    await page.getByRole('alert').getByText('Nothing is listening at this address').waitFor();
    expect((await calls('testEndpoint'))[0]!.request).toEqual({
      url: 'wss://gpu.example/ws',
      token: 'secret',
    });
    await page.getByTestId('endpoint-url').fill('wss://gpu.example/other');
    await page.getByTestId('endpoint-refused').waitFor({ state: 'detached' });
    await close();
  });

  it('tells round trip and pipelines of a test that passed, and the row keeps them once it is saved', async () => {
    const { page, close } = await studio.open({ info: stopped, endpointTest: passes });
    await page.getByTestId('tab-endpoint').click();
    await page.getByTestId('endpoint-url').fill(lab.url);
    await page.getByTestId('endpoint-test').click();
    await page.getByTestId('endpoint-passed').getByText('Connected in 42 ms').waitFor();
    await page.getByTestId('endpoint-save').click();
    await page.getByTestId('runner-result').getByText('Connected in 42 ms, no pipelines').waitFor();
    await close();
  });

  it('S10: never sends a stored token to another address, and shows none', async () => {
    const { page, calls, close } = await studio.open({ info: withBoth });
    await page.getByTestId('tab-endpoint').click();
    await page.getByTestId('runner-edit').first().click();
    expect(await page.getByTestId('endpoint-token').inputValue()).toBe('');
    await page.getByTestId('endpoint-test').click();
    await page.getByTestId('endpoint-refused').waitFor();
    await page.getByTestId('endpoint-url').fill('wss://elsewhere.example/ws');
    await page.getByTestId('endpoint-test').click();
    await page.getByTestId('endpoint-refused').waitFor();
    expect((await calls('testEndpoint')).map(({ request }) => request)).toEqual([
      { url: lab.url, token: null },
      { url: 'wss://elsewhere.example/ws', token: '' },
    ]);
    await close();
  });

  it('changes name and token of one of the list, and takes its token away', async () => {
    const { page, calls, close } = await studio.open({ info: withBoth });
    await page.getByTestId('tab-endpoint').click();
    await page.getByTestId('runner-edit').first().click();
    await page.getByTestId('endpoint-name').fill('Basement');
    await page.getByTestId('endpoint-token-remove').click();
    await page.getByTestId('endpoint-save').click();
    await page.getByTestId('runner-token').first().getByText('No token').waitFor();
    expect(await focused(page)).toBe('runner-edit');
    await page.getByTestId('runner-edit').first().click();
    await page.getByTestId('endpoint-token').fill('secret');
    await page.getByTestId('endpoint-save').click();
    await page.getByTestId('runner-token').first().getByText('Token stored').waitFor();
    const basement = { url: lab.url, name: 'Basement' };
    expect((await calls('saveRunners')).map(({ request }) => request)).toEqual([
      { runners: [{ ...basement, token: '' }, ...kept(spare)] },
      { runners: [{ ...basement, token: 'secret' }, ...kept(spare)] },
    ]);
    expect(await page.content()).not.toContain('secret');
    await close();
  });

  it('puts a runner first by “Use now”, and the stream moves there over the same connection', async () => {
    const { page, calls, close } = await studio.open({
      info: { runners: [known(spare)], endpoint: known(spare) },
    });
    await moreFrames(page.getByTestId('output-video'), 5);
    await openForm(page);
    await page.getByTestId('endpoint-url').fill('wss://gpu.example/ws');
    await page.getByTestId('endpoint-save').click();
    await page.getByTestId('endpoint-saved').waitFor();
    expect((await calls('saveRunners'))[0]!.request).toEqual({
      runners: [{ url: 'wss://gpu.example/ws', name: 'gpu.example', token: '' }, ...kept(spare)],
    });
    expect(await calls('startLink')).toHaveLength(2);
    expect(await page.evaluate(() => window.fakeMain.peersMade())).toBe(1);
    await close();
  });

  it('stays open with what was typed when it cannot be saved, and says what to do', async () => {
    const runnersFault = { kind: 'invalid-endpoint', detail: 'The token was not saved.' } as const;
    const { page, close } = await studio.open({ runnersFault });
    await openForm(page);
    await page.getByTestId('endpoint-url').fill(lab.url);
    await page.getByTestId('endpoint-add').click();
    const refused = page.getByTestId('endpoint-refused');
    await refused.getByText('The token was not saved.').waitFor();
    expect(await refused.locator('[data-fault]').getAttribute('data-fault')).toBe('invalid-endpoint');
    expect(await page.getByTestId('endpoint-url').inputValue()).toBe(lab.url);
    expect(await page.getByTestId('runner').count()).toBe(1);
    await close();
  });
});

describe('the list of runners', () => {
  it('is moved in, and what is removed is asked about first; each time the whole list is saved', async () => {
    const { page, calls, close } = await studio.open({ info: withBoth });
    await page.getByTestId('tab-endpoint').click();
    const rows = page.getByTestId('runner-name');
    await page.getByRole('button', { name: 'Move Spare up' }).click();
    await expect.poll(() => rows.allTextContents()).toEqual(['Spare', 'The lab']);
    expect(await focused(page)).toBe('runner-down');
    await page.getByRole('button', { name: 'Remove The lab' }).click();
    await page.getByText('Remove it, and its token?').waitFor();
    await page.getByTestId('runner-keep').click();
    expect(await focused(page)).toBe('runner-remove');
    await page.getByRole('button', { name: 'Remove The lab' }).click();
    await page.getByTestId('runner-remove-confirm').click();
    await expect.poll(() => rows.allTextContents()).toEqual(['Spare']);
    expect(await focused(page)).toBe('runner-add');
    expect((await calls('saveRunners')).map(({ request }) => request)).toEqual([
      { runners: kept(spare, lab) },
      { runners: kept(spare) },
    ]);
    await close();
  });

  it('keeps beside each what its last test showed, with the time, while other panels are looked at', async () => {
    const { page, calls, close } = await studio.open({ info: withBoth });
    await page.getByTestId('tab-endpoint').click();
    await page.getByTestId('runner-test').nth(1).click();
    const result = page.getByTestId('runner-result').nth(1);
    await result.getByText('Nothing is listening at this address').waitFor();
    expect(await result.textContent()).toMatch(/ · \d+.\d+/);
    expect(await result.locator('[data-fault]').getAttribute('data-fault')).toBe('unreachable');
    await page.getByTestId('tab-source').click();
    await page.getByTestId('tab-endpoint').click();
    await result.getByText('Nothing is listening at this address').waitFor();
    expect((await calls('testEndpoint')).map(({ request }) => request)).toEqual([
      { url: spare.url, token: null },
    ]);
    await close();
  });

  it('says which one is in use, and what the route has to do with it', async () => {
    const { page, close } = await studio.open();
    await page.getByTestId('tab-endpoint').click();
    await page.getByTestId('runner-in-use').waitFor();
    await page.getByTestId('runners-hint').getByText('Auto and Cloud use the first').waitFor();
    await page.getByTestId('runner-token').getByText('offered by npm start').waitFor();
    expect(await page.getByTestId('runner-remove').count()).toBe(0);
    await page.getByTestId('route-local').click();
    await page.getByTestId('runners-hint').getByText('The route is Local').waitFor();
    await close();
  });

  it('gives the focus back to where it came from', async () => {
    const { page, close } = await studio.open();
    await page.getByTestId('tab-endpoint').click();
    await page.getByTestId('runner-add').press('Enter');
    await expect.poll(() => focused(page)).toBe('endpoint-url');
    await page.getByTestId('endpoint-cancel').press('Enter');
    await expect.poll(() => focused(page)).toBe('runner-add');
    await close();
  });
});

describe('runners on this computer', () => {
  const found = { url: 'ws://127.0.0.1:8765/ws', id: 'one', version: '1.2.0', slots: { total: 2, free: 1 } };

  it('are looked for when the tab is opened and when asked, and never else', async () => {
    const { page, calls, close } = await studio.open();
    await moreFrames(page.getByTestId('output-video'), 5);
    expect(await calls('findRunners')).toEqual([]);
    await page.getByTestId('tab-endpoint').click();
    await page.getByText('No other runner answers on this computer.').waitFor();
    const once = (await calls('findRunners')).length;
    await page.getByTestId('find-again').click();
    await expect.poll(async () => (await calls('findRunners')).length).toBe(once + 1);
    await close();
  });

  it('are offered unless they are in the list, are added by one click, and tested at once', async () => {
    const here = { name: 'Here', url: 'ws://localhost:9000/ws' };
    const foundRunners = [found, { ...found, url: 'ws://127.0.0.1:9000/ws', id: 'two' }];
    const { page, calls, close } = await studio.open({
      info: { runners: [known(here)], endpoint: known(here) },
      foundRunners,
      endpointTest: passes,
    });
    await page.getByTestId('tab-endpoint').click();
    const card = page.getByTestId('found-runner');
    await card.getByText('version 1.2.0, 1 of 2 places free').waitFor();
    expect(await card.count()).toBe(1);
    await page.getByTestId('found-add').click();
    await card.waitFor({ state: 'detached' });
    await page.getByTestId('runner-result').nth(1).getByText('Connected in 42 ms').waitFor();
    expect((await calls('saveRunners'))[0]!.request).toEqual({
      runners: [...kept(here), { url: found.url, name: 'Runner on this computer', token: null }],
    });
    await close();
  });

  it('that a link would not take say why, and are not added', async () => {
    const problem = 'This computer does not trust its certificate.';
    const secure = { ...found, url: 'wss://127.0.0.1:8765/ws', problem };
    const { page, close } = await studio.open({ foundRunners: [secure] });
    await page.getByTestId('tab-endpoint').click();
    await page.getByTestId('found-problem').getByText(problem).waitFor();
    expect(await page.getByTestId('found-add').isDisabled()).toBe(true);
    await close();
  });
});
