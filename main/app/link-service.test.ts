import { describe, expect, it } from 'vitest';
import type { PushChannel } from '../../shared/ipc/contract.ts';
import { noStats, type LinkStatus } from '../../shared/link/status.ts';
import { ok } from '../../shared/result.ts';
import type { LinkEvent, LinkHost, LinkTarget } from '../link/host.ts';
import { defaultDocument } from '../settings/document.ts';
import { Secrets, type WeakStorageAnswer } from '../settings/secrets.ts';
import { SettingsStore } from '../settings/settings-store.ts';
import { LinkService } from './link-service.ts';

const idle: LinkStatus = { state: { phase: 'idle' }, endpoint: null, pipelineId: null, stats: noStats };
const lab = { name: 'The lab', url: 'wss://gpu.example/ws' };
const sketch = { id: 'sketch', title: 'Sketch', description: '', version: '1', parameters: [] };

/** A host that writes down what it is told. The real one is tested with real runners. */
function recordingHost() {
  const started: LinkTarget[] = [];
  const changed: unknown[] = [];
  const tested: [string, string | null][] = [];
  let listener: (event: LinkEvent) => void = () => undefined;
  let status = idle;
  const host: LinkHost = {
    attachPage: () => Promise.resolve(ok({ sdp: 'answer' })),
    detachPage: () => Promise.resolve(),
    start: (target) => void started.push(structuredClone(target)),
    stop: () => Promise.resolve(),
    retryNow: () => undefined,
    setParameters: (values, pipelineId) => void changed.push([pipelineId, structuredClone(values)]),
    test: ({ url, token }) => {
      tested.push([url, token]);
      return Promise.resolve(ok({ rttMs: 3, pipelines: [sketch], capabilities: [] }));
    },
    status: () => status,
    subscribe: (next) => {
      listener = next;
      return () => undefined;
    },
    dispose: () => Promise.resolve(),
  };
  const emit = (event: LinkEvent): void => {
    if (event.type === 'status') status = event.status;
    listener(event);
  };
  return { host, started, changed, tested, emit };
}

function setUp(offeredEndpoint: string | null = null, weakAnswer: WeakStorageAnswer = 'cancel') {
  const recorded = recordingHost();
  const settings = new SettingsStore(defaultDocument(), { write: () => undefined }, () => undefined);
  const secrets = new Secrets({
    keychain: {
      protection: () => Promise.resolve(weakAnswer === 'store' ? 'protected' : 'weak'),
      allowWeak: () => undefined,
      encrypt: (text) => Promise.resolve(Buffer.from(text).toString('base64')),
      decrypt: (text) => Promise.resolve({ text, isOutdated: false }),
    },
    persistence: { write: () => undefined },
    acceptsWeakStorage: () => false,
    askAboutWeakStorage: () => Promise.resolve(weakAnswer),
    know: () => undefined,
  });
  const told: [PushChannel | 'tray', unknown][] = [];
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined, file: '' };
  const link = new LinkService({
    host: recorded.host,
    settings,
    secrets,
    offeredEndpoint,
    push: (channel, payload) => void told.push([channel, payload]),
    onStatus: (status) => void told.push(['tray', status]),
    log: quiet,
  });
  return { ...recorded, link, settings, secrets, told };
}

describe('the endpoint in force', () => {
  it('is the offered one until the user chooses, and again when the choice is forgotten', async () => {
    const { link } = setUp('ws://127.0.0.1:4000/ws');
    expect(link.endpoint()).toMatchObject({ url: 'ws://127.0.0.1:4000/ws', offered: true });
    await link.saveEndpoint({ endpoint: lab, token: null });
    expect(link.endpoint()).toEqual({ ...lab, hasToken: false, offered: false });
    await link.saveEndpoint({ endpoint: null, token: null });
    expect(link.endpoint()).toMatchObject({ offered: true });
  });

  it.each([
    'ws://gpu.example/ws',
    'https://user:pass@gpu.example/',
    'ftp://gpu.example/',
    'wss://x/?token=abc',
    '',
  ])('S1: settings refuse %s, and keep what was chosen before', async (url) => {
    const { link, settings, tested } = setUp();
    await link.saveEndpoint({ endpoint: lab, token: null });
    const refused = await link.saveEndpoint({ endpoint: { name: 'Bad', url }, token: 'secret' });
    expect(refused).toMatchObject({ ok: false, problem: { kind: 'invalid-endpoint' } });
    expect(settings.user().endpoint).toEqual(lab);
    expect(await link.testEndpoint({ url, token: null })).toMatchObject({ ok: false });
    expect(tested).toEqual([]);
  });

  it('S10: is not saved when the user refuses what saving its token would mean', async () => {
    const { link, settings } = setUp(null, 'cancel');
    expect(await link.saveEndpoint({ endpoint: lab, token: 'secret' })).toMatchObject({ ok: false });
    expect(settings.user().endpoint).toBeNull();
  });

  it('S10: the settings never hold its token, and neither does what the window is told', async () => {
    const { link, settings, started } = setUp(null, 'store');
    await link.saveEndpoint({ endpoint: lab, token: 'top-secret' });
    link.start({ pipelineId: 'sketch', parameters: {} });
    expect(started[0]?.token).toBe('top-secret');
    const shown = JSON.stringify([settings.user(), settings.allParameters(), link.endpoint(), link.status()]);
    expect(shown).not.toContain('top-secret');
    expect(link.endpoint()?.hasToken).toBe(true);
  });

  it('keeps its token, takes a new one, or loses it', async () => {
    const { link, tested } = setUp(null, 'store');
    for (const token of ['first', null, 'second', '']) {
      await link.saveEndpoint({ endpoint: lab, token });
      await link.testEndpoint({ url: lab.url, token: null });
    }
    expect(tested.map(([, token]) => token)).toEqual(['first', 'first', 'second', null]);
  });

  it('S11: one that a link proposed and the user took is told to the window, and a running link moves', async () => {
    const { link, told, started, emit } = setUp('ws://127.0.0.1:4000/ws');
    link.start({ pipelineId: 'sketch', parameters: { strength: 0.5 } });
    const live = { phase: 'live', since: 1, loading: null } as const;
    emit({ type: 'status', status: { ...idle, state: live, pipelineId: 'sketch' } });
    await link.adoptEndpoint(lab);
    expect(told.at(-1)).toEqual(['endpoint:changed', { ...lab, hasToken: false, offered: false }]);
    expect(started.at(-1)).toMatchObject({
      url: lab.url,
      pipelineId: 'sketch',
      parameters: { strength: 0.5 },
    });
  });
});

describe('starting', () => {
  it('says that there is no endpoint, and starts nothing', () => {
    const { link, started } = setUp();
    expect(link.start({ pipelineId: 'sketch', parameters: {} })).toMatchObject({ ok: false });
    expect(started).toEqual([]);
  });

  it('A37: sends exactly what the panel shows, not what was set before', () => {
    const { link, started } = setUp('ws://127.0.0.1:4000/ws');
    link.setParameters('sketch', { strength: 0.9, threshold: 0.1 });
    link.start({ pipelineId: 'sketch', parameters: { strength: 0.2 } });
    expect(started[0]?.parameters).toEqual({ strength: 0.2 });
  });

  it('names the same installation every time', () => {
    const { link, started } = setUp('ws://127.0.0.1:4000/ws');
    link.start({ pipelineId: 'sketch', parameters: {} });
    link.start({ pipelineId: 'thermal', parameters: {} });
    expect(started[0]?.userId).toMatch(/^[0-9a-f-]{36}$/);
    expect(started[1]?.userId).toBe(started[0]?.userId);
  });
});

describe('parameters', () => {
  it('A38: are stored per pipeline in the moment they change, and sent on', () => {
    const { link, settings, changed } = setUp();
    link.setParameters('sketch', { strength: 0.4 });
    link.setParameters('thermal', { gain: 2 });
    link.setParameters('sketch', { threshold: 0.1 });
    expect(settings.allParameters()).toEqual({
      thermal: { gain: 2 },
      sketch: { strength: 0.4, threshold: 0.1 },
    });
    expect(changed).toEqual([
      ['sketch', { strength: 0.4 }],
      ['thermal', { gain: 2 }],
      ['sketch', { threshold: 0.1 }],
    ]);
  });

  it('A36: the caller’s object can change without changing what is stored', () => {
    const { link, settings } = setUp('ws://127.0.0.1:4000/ws');
    const parameters = { ink: [0, 0, 0] };
    link.start({ pipelineId: 'sketch', parameters });
    parameters.ink[0] = 1;
    expect(settings.parameters('sketch')).toEqual({ ink: [0, 0, 0] });
  });
});

describe('what the link tells', () => {
  it('A52: reaches window and tray in the very tick of the loss', () => {
    const { told, emit } = setUp();
    const status: LinkStatus = {
      ...idle,
      state: {
        phase: 'recovering',
        fault: { kind: 'liveness-timeout', silentMs: 9_000 },
        attempt: 1,
        attempts: 4,
        nextAttemptAt: null,
        stage: 'dialling',
        since: 1,
      },
    };
    emit({ type: 'status', status });
    expect(told).toEqual([
      ['link:status', status],
      ['tray', status],
    ]);
  });

  it('keeps the pipelines of the endpoint in force, and of no other', async () => {
    const { link, told, emit } = setUp('ws://127.0.0.1:4000/ws');
    emit({ type: 'pipelines', pipelines: [sketch] });
    expect(told).toEqual([['pipelines:changed', [sketch]]]);
    expect(link.pipelines()).toEqual([sketch]);
    await link.saveEndpoint({ endpoint: lab, token: null });
    expect(link.pipelines()).toEqual([]);
    expect(await link.listPipelines()).toEqual({ ok: true, value: [sketch] });
    expect(link.pipelines()).toEqual([sketch]);
  });
});
