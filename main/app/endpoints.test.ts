import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { RunnerEntry } from '../../shared/ipc/runner-channels.ts';
import type { LinkTarget } from '../link/host.ts';
import { settingsDocument } from '../settings/document.ts';
import { idle, lab, setUp } from './fixtures/link-service.ts';

const offeredUrl = 'ws://127.0.0.1:4000/ws';
const offered = { name: 'Runner on this computer', url: offeredUrl };
const spare = { name: 'Spare', url: 'wss://spare.example/ws' };
const attic = { name: 'Attic', url: 'wss://attic.example/ws' };
type Link = ReturnType<typeof setUp>['link'];
const save = (link: Link, ...runners: (Omit<RunnerEntry, 'token'> & { token?: string | null })[]) =>
  link.saveRunners({ runners: runners.map((runner) => ({ token: null, ...runner })) });
const names = (link: Link): string[] => link.runners().map(({ name }) => name);

describe('the endpoint in force', () => {
  it('is the offered one until the user chooses, and again when the list is empty', async () => {
    const { link, settings } = setUp(offeredUrl);
    expect(link.endpoint()).toEqual({ ...offered, hasToken: false, offered: true });
    await save(link, lab);
    expect(link.runners()).toEqual([{ ...lab, hasToken: false, offered: false }]);
    expect(settings.user()).toMatchObject({ endpoint: lab, fallbacks: [] });
    await save(link);
    expect(link.endpoint()).toMatchObject({ offered: true });
    expect(settings.user().endpoint).toBeNull();
  });

  it('is the first of the list, also where an older version kept others without a first', () => {
    const { link, settings } = setUp();
    expect(link.endpoint()).toBeNull();
    settings.patchUser({ endpoint: null, fallbacks: [spare, attic] });
    expect(link.endpoint()).toMatchObject(spare);
    expect(names(link)).toEqual(['Spare', 'Attic']);
  });

  it('stays the offered one, which no file keeps, while others are put after it', async () => {
    const { link, settings } = setUp(offeredUrl);
    await save(link, offered, spare);
    expect(settings.user()).toMatchObject({ endpoint: null, fallbacks: [spare] });
    expect(names(link)).toEqual(['Runner on this computer', 'Spare']);
    await save(link, spare, offered);
    expect(settings.user()).toMatchObject({ endpoint: spare, fallbacks: [] });
    expect(names(link)).toEqual(['Spare', 'Runner on this computer']);
    await save(link, offered, spare);
    expect(link.endpoint()).toMatchObject({ offered: true });
  });

  it('keeps the offered one where it was put and called, though it has another port at each start', async () => {
    const first = setUp(offeredUrl);
    await save(first.link, spare, { ...offered, name: 'Mine' }, attic);
    expect(JSON.stringify(first.settings.user())).not.toContain(offeredUrl);
    const places = { user: first.settings.user(), offered: first.settings.get('offered') };
    const next = setUp('ws://127.0.0.1:4999/ws');
    next.settings.update(places);
    expect(next.link.runners()).toMatchObject([
      spare,
      { name: 'Mine', url: 'ws://127.0.0.1:4999/ws' },
      attic,
    ]);
    await save(next.link, spare, attic);
    expect(names(next.link)).toEqual(['Spare', 'Attic']);
    const without = setUp();
    without.settings.update(places);
    expect(names(without.link)).toEqual(['Spare', 'Attic']);
    await save(without.link, attic, spare);
    expect(without.settings.get('offered')).toEqual({ name: 'Mine', place: 1 });
  });

  it('is never stored in a way that the settings could not be read again', async () => {
    const { link, settings } = setUp();
    await save(link, lab);
    await save(link, { name: 'Long', url: `wss://gpu.example/${'ü'.repeat(1000)}` });
    expect(v.is(settingsDocument, { version: 1, user: settings.user() })).toBe(true);
    expect(names(link)).toEqual(['The lab']);
  });

  it('S11: one that the user takes while another change is being asked about is not lost', async () => {
    const { link } = setUp(null, 'store');
    const saving = save(link, { ...lab, token: 'secret' }, spare);
    await link.adoptEndpoint(attic);
    await saving;
    expect(names(link)).toEqual(['Attic', 'The lab', 'Spare']);
  });

  it.each([
    'ws://gpu.example/ws',
    'https://user:pass@gpu.example/',
    'ftp://gpu.example/',
    'wss://x/?token=abc',
    '',
  ])('S1: settings refuse %s, and keep what was chosen before', async (url) => {
    const { link, settings, tested } = setUp();
    await save(link, lab);
    const refused = await save(link, { name: 'Bad', url, token: 'secret' });
    expect(refused).toMatchObject({ ok: false, problem: { kind: 'invalid-endpoint' } });
    expect(settings.user().endpoint).toEqual(lab);
    expect(await link.testEndpoint({ url, token: null })).toMatchObject({ ok: false });
    expect(tested).toEqual([]);
  });

  it('S10: is not saved when the user refuses what saving its token would mean', async () => {
    const { link, settings } = setUp(null, 'cancel');
    expect(await save(link, { ...lab, token: 'secret' })).toMatchObject({ ok: false });
    expect(settings.user().endpoint).toBeNull();
  });

  it('S10: the settings never hold its token, and neither does what the window is told', async () => {
    const { link, settings, started } = setUp(null, 'store');
    await save(link, { ...lab, token: 'top-secret' });
    link.start({ pipelineId: 'sketch', parameters: {} });
    expect(started[0]?.token).toBe('top-secret');
    const shown = JSON.stringify([settings.user(), settings.allParameters(), link.runners(), link.status()]);
    expect(shown).not.toContain('top-secret');
    expect(link.endpoint()?.hasToken).toBe(true);
  });

  it('keeps its token, takes a new one, or loses it', async () => {
    const { link, tested } = setUp(null, 'store');
    for (const token of ['first', null, 'second', '']) {
      await save(link, { ...lab, token });
      await link.testEndpoint({ url: lab.url, token: null });
    }
    expect(tested.map(([, token]) => token)).toEqual(['first', 'first', 'second', null]);
  });

  it.each(['abc\u200b', '“abc”', 'a\nb'])(
    'takes no token that cannot be sent, and says so: %j',
    async (token) => {
      const { link, secrets, tested } = setUp(null, 'store');
      const detail = expect.stringContaining('The token') as string;
      const refused = { ok: false, problem: { kind: 'invalid-endpoint', detail } };
      expect(await save(link, { ...lab, token })).toMatchObject(refused);
      expect(await link.testEndpoint({ url: lab.url, token })).toMatchObject(refused);
      expect([secrets.tokenFor(lab.url), names(link), tested]).toEqual([null, [], []]);
    },
  );

  it('takes a token without the space around it that came along from elsewhere', async () => {
    const { link, secrets, tested } = setUp(null, 'store');
    await link.testEndpoint({ url: lab.url, token: ' abc\n' });
    await save(link, { ...lab, token: ' abc\n' });
    expect(tested).toEqual([[lab.url, 'abc']]);
    expect(secrets.tokenFor(lab.url)).toBe('abc');
    expect(link.runners()[0]?.lastTest?.phase).toBe('passed');
  });

  it('S11: one that a link proposed and the user took is told to the window, and a running link moves', async () => {
    const { link, told, started, emit } = setUp(offeredUrl);
    link.start({ pipelineId: 'sketch', parameters: { strength: 0.5 } });
    const live = { phase: 'live', since: 1, loading: null } as const;
    emit({ type: 'status', status: { ...idle, state: live, pipelineId: 'sketch' } });
    await link.adoptEndpoint(lab);
    expect(told.at(-1)).toEqual(['runners:changed', [{ ...lab, hasToken: false, offered: false }]]);
    expect(started.at(-1)).toMatchObject({
      url: lab.url,
      pipelineId: 'sketch',
      parameters: { strength: 0.5 },
    });
  });

  it('S11: one that a link proposed goes before the others, and with a full list the last one goes', async () => {
    const { link } = setUp();
    const nine = Array.from({ length: 9 }, (_, index) => ({
      name: `${index}`,
      url: `wss://r${index}.example/ws`,
    }));
    await save(link, ...nine);
    await link.adoptEndpoint(nine[8]!);
    expect(names(link)).toEqual(['8', '0', '1', '2', '3', '4', '5', '6', '7']);
    await link.adoptEndpoint(lab);
    expect(names(link)).toEqual(['The lab', '8', '0', '1', '2', '3', '4', '5', '6']);
  });
});

describe('the order of the list', () => {
  const places = (started: LinkTarget[]) => {
    const { name, url, token, fallbacks = [] } = started.at(-1)!;
    return [{ name, url, token }, ...fallbacks];
  };

  it('is the order in which the link goes to them, each with its own token', async () => {
    const { link, started, settings } = setUp(null, 'store');
    const saved = await save(
      link,
      lab,
      { name: 'Spare', url: 'spare.example', token: 'spare-token' },
      attic,
      { name: 'Again', url: spare.url },
    );
    expect(saved).toMatchObject({ ok: true, value: [lab, { ...spare, hasToken: true }, attic] });
    link.start({ pipelineId: 'sketch', parameters: {} });
    expect(places(started)).toEqual([
      { ...lab, token: null },
      { ...spare, token: 'spare-token' },
      { ...attic, token: null },
    ]);
    expect(JSON.stringify(settings.user())).not.toContain('spare-token');
  });

  it('S10: changes, and each token stays with its address', async () => {
    const { link, started } = setUp(null, 'store');
    await save(link, { ...lab, token: 'one' }, { ...spare, token: 'two' }, attic);
    await save(link, attic, spare, lab);
    link.start({ pipelineId: 'sketch', parameters: {} });
    expect(places(started).map(({ name, token }) => [name, token])).toEqual([
      ['Attic', null],
      ['Spare', 'two'],
      ['The lab', 'one'],
    ]);
  });

  it('is refused as a whole when one cannot be used', async () => {
    const { link, secrets } = setUp(null, 'store');
    await save(link, lab, { ...spare, token: 'first' });
    const refused = await save(
      link,
      lab,
      { ...spare, token: 'second' },
      { name: 'Bad', url: 'ws://gpu.example/ws' },
    );
    expect(refused).toMatchObject({ ok: false, problem: { kind: 'invalid-endpoint' } });
    expect(names(link)).toEqual(['The lab', 'Spare']);
    expect(secrets.tokenFor(spare.url)).toBe('first');
  });

  it('S10: changes nothing when the user refuses what saving a token would mean', async () => {
    const { link } = setUp(null, 'cancel');
    await save(link, lab);
    expect(await save(link, lab, { ...spare, token: 'secret' })).toMatchObject({ ok: false });
    expect(names(link)).toEqual(['The lab']);
  });

  it('S10: a runner that goes takes its token along, unless another is on the same server', async () => {
    const { link, secrets } = setUp(null, 'store');
    const onLab = { name: 'Lab too', url: 'wss://gpu.example/other' };
    await save(
      link,
      { ...lab, token: 'lab-token' },
      { ...spare, token: 'one' },
      { ...attic, token: 'two' },
      onLab,
    );
    await save(link, onLab, attic);
    expect([spare, attic, lab].map(({ url }) => secrets.tokenFor(url))).toEqual([null, 'two', 'lab-token']);
    await save(link, onLab, { ...attic, token: '' });
    expect(secrets.tokenFor(attic.url)).toBeNull();
  });

  it('leaves out what cannot be used, where a file was edited by hand', () => {
    const { link, settings, started } = setUp();
    settings.patchUser({
      endpoint: lab,
      fallbacks: [lab, { name: 'Bad', url: 'ws://gpu.example/ws' }, spare],
    });
    link.start({ pipelineId: 'sketch', parameters: {} });
    expect(places(started).map(({ name }) => name)).toEqual(['The lab', 'Spare']);
    expect(names(link)).toEqual(['The lab', 'Bad', 'Spare']);
  });

  it('is known at once to a link that runs, and starts none that does not', async () => {
    const { link, started, emit } = setUp(offeredUrl);
    await save(link, offered, spare);
    expect(started).toEqual([]);
    link.start({ pipelineId: 'sketch', parameters: { strength: 0.5 } });
    emit({
      type: 'status',
      status: { ...idle, state: { phase: 'live', since: 1, loading: 'sketch' }, pipelineId: 'thermal' },
    });
    await save(link, offered, attic);
    expect(started).toHaveLength(2);
    expect(started[1]).toMatchObject({ pipelineId: 'sketch', parameters: { strength: 0.5 } });
    expect(places(started).map(({ name }) => name)).toEqual(['Runner on this computer', 'Attic']);
    await save(link, attic, offered);
    expect(places(started).map(({ name }) => name)).toEqual(['Attic', 'Runner on this computer']);
    await link.stop();
    await save(link);
    expect(started).toHaveLength(3);
  });
});
