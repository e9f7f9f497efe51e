import { describe, expect, it } from 'vitest';
import type { RunnerEntry } from '../../shared/ipc/runner-channels.ts';
import { fail } from '../../shared/result.ts';
import { readDocument } from '../settings/migrate.ts';
import { fakeSecrets, lab, setUp } from './fixtures/link-service.ts';

const spare = { name: 'Spare', url: 'wss://spare.example/ws' };
type Link = ReturnType<typeof setUp>['link'];
const save = (link: Link, ...runners: (Omit<RunnerEntry, 'token'> & { token?: string | null })[]) =>
  link.saveRunners({ runners: runners.map((runner) => ({ token: null, ...runner })) });
const test = (link: Link, url: string, token: string | null = null) => link.testEndpoint({ url, token });
const passed = { phase: 'passed', at: expect.any(Number) as number, rttMs: 3, pipelines: 1 };
/** What the list says of each last test. */
const shown = (link: Link) => link.runners().map(({ lastTest }) => lastTest?.phase ?? null);

/** The same installation after a restart, with the tokens that it had. */
async function restarted({ settings }: ReturnType<typeof setUp>, tokens: Record<string, string> = {}) {
  const held = { version: 1, user: settings.user(), answers: settings.get('answers') };
  const document = readDocument(JSON.parse(JSON.stringify(held)));
  if (!document.ok) throw new Error(document.problem);
  const secrets = fakeSecrets('store');
  await secrets.saveAll(Object.entries(tokens));
  return setUp(null, 'store', { document: document.value, secrets });
}

describe('what a test of a runner showed last', () => {
  it('is in the list with its time, and there again after a restart', async () => {
    const first = setUp(null, 'store');
    await save(first.link, lab, { ...spare, token: 'secret' });
    await test(first.link, lab.url);
    first.host.test = () => Promise.resolve(fail({ kind: 'not-a-runner', status: 404 }));
    await test(first.link, spare.url);
    const told = [
      { ...lab, lastTest: passed },
      { ...spare, lastTest: { phase: 'refused', fault: { kind: 'not-a-runner', status: 404 } } },
    ];
    expect(first.link.runners()).toMatchObject(told);
    const { link } = await restarted(first, { [spare.url]: 'secret' });
    expect(link.runners()).toMatchObject(told);
  });

  it('is the runner’s once what was tested in the form is saved', async () => {
    const { link } = setUp(null, 'store');
    await test(link, spare.url, 'secret');
    await test(link, lab.url, 'other');
    await save(link, lab, { ...spare, token: 'secret' });
    expect(shown(link)).toEqual([null, 'passed']);
  });

  it('goes with its address and with its token, also where that is another runner’s on the same server', async () => {
    const { link, settings } = setUp(null, 'store');
    const onLab = { name: 'Lab too', url: 'wss://gpu.example/other' };
    await save(link, { ...lab, token: 'one' }, onLab, spare);
    for (const { url } of [lab, onLab, spare]) await test(link, url);
    expect(shown(link)).toEqual(['passed', 'passed', 'passed']);
    await save(link, { ...lab, token: 'two' }, onLab, spare);
    expect(shown(link)).toEqual([null, null, 'passed']);
    await save(link, { ...lab, token: 'one' }, onLab, { ...spare, url: 'wss://spare.example/elsewhere' });
    expect(shown(link)).toEqual([null, null, null]);
    await save(link, lab, onLab, spare);
    expect(shown(link)).toEqual([null, null, null]);
    expect(settings.get('answers')).toEqual({});
  });

  it('counts for nothing when its token is not there any more, or was not there before', async () => {
    const first = setUp(null, 'store');
    await save(first.link, lab, { ...spare, token: 'secret' });
    for (const { url } of [lab, spare]) await test(first.link, url);
    expect(shown((await restarted(first)).link)).toEqual(['passed', null]);
    const both = { [lab.url]: 'new', [spare.url]: 'secret' };
    expect(shown((await restarted(first, both)).link)).toEqual([null, 'passed']);
  });

  it('S10: is written without the token, and short, whatever a runner says', async () => {
    const { link, settings, host } = setUp(null, 'store');
    await save(link, { ...lab, token: 'top-secret' });
    host.test = () => Promise.resolve(fail({ kind: 'protocol', detail: 'x'.repeat(100_000) }));
    await test(link, lab.url);
    const written = JSON.stringify(settings.get('answers'));
    expect(written).not.toContain('top-secret');
    expect(written.length).toBeLessThan(1_000);
  });

  it('is left out, and nothing else with it, where the file says what this build does not know', () => {
    const answers = {
      [lab.url]: { withToken: false, answer: { phase: 'refused', at: 1, fault: { kind: 'new' } } },
    };
    expect(readDocument({ version: 1, user: { endpoint: lab }, answers })).toMatchObject({
      ok: true,
      value: { user: { endpoint: lab }, answers: {} },
    });
  });

  it('is not that of a look for pipelines, which nobody asked for', async () => {
    const { link } = setUp(null, 'store');
    await save(link, lab);
    await link.listPipelines();
    expect(shown(link)).toEqual([null]);
  });
});
