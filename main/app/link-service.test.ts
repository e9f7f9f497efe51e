import { describe, expect, it } from 'vitest';
import { defaultRecovery } from '../../shared/link/recovery-settings.ts';
import type { LinkStatus } from '../../shared/link/status.ts';
import { idle, lab, setUp, sketch } from './fixtures/link-service.ts';

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
        strategy: 'resume',
        attempt: 1,
        attempts: 4,
        nextAttemptAt: null,
        stage: 'dialling',
        media: 'flowing',
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
    await link.saveRunners({ runners: [{ ...lab, token: null }] });
    expect(link.pipelines()).toEqual([]);
    expect(await link.listPipelines()).toEqual({ ok: true, value: [sketch] });
    expect(link.pipelines()).toEqual([sketch]);
  });
});

describe('a session that a crash left', () => {
  const resume = { url: 'wss://runner-7.example/ws', token: 's3cr3t', endpoint: lab.url };

  it('is handed over with the first start, and with no other', async () => {
    const { link, started } = setUp(null, 'store', { resume });
    await link.saveRunners({ runners: [{ ...lab, token: null }] });
    link.start({ pipelineId: 'sketch', parameters: {} });
    link.start({ pipelineId: 'sketch', parameters: {} });
    expect(started.map((target) => target.resume)).toEqual([resume, null]);
  });

  it('S10: is not told to another endpoint', async () => {
    const { link, started } = setUp('ws://127.0.0.1:4000/ws', 'store', { resume });
    link.start({ pipelineId: 'sketch', parameters: {} });
    await link.saveRunners({ runners: [{ ...lab, token: null }] });
    link.start({ pipelineId: 'sketch', parameters: {} });
    expect(started.map((target) => target.resume)).toEqual([null, null]);
  });

  it('S10: whose ticket comes is kept, and told to nobody', () => {
    const { kept, told, emit } = setUp();
    emit({ type: 'resumable', ticket: resume });
    emit({ type: 'resumable', ticket: null });
    expect(kept).toEqual([resume, null]);
    expect(told).toEqual([]);
  });
});

describe('the numbers of recovery', () => {
  const quick = { ...defaultRecovery, attempts: 2 };

  it('are the user’s from the start, and change when they do', () => {
    const { link, configured } = setUp();
    expect(configured).toEqual([defaultRecovery]);
    link.patchSettings({ theme: 'dark' });
    expect(configured).toHaveLength(1);
    expect(link.patchSettings({ recovery: quick }).recovery).toEqual(quick);
    expect(configured).toEqual([defaultRecovery, quick]);
  });

  it('are those of the environment where it says some', () => {
    const { link, configured, settings } = setUp(null, 'cancel', { recovery: quick });
    link.patchSettings({ recovery: defaultRecovery });
    expect(configured).toEqual([quick]);
    expect(settings.user().recovery).toEqual(defaultRecovery);
  });
});

describe('history', () => {
  it('is told to the window as it happens, and kept for one that is loaded anew', () => {
    const { link, told, emit } = setUp();
    const entry = (at: number) => ({ at, what: 'Connecting', why: null, tookMs: null });
    for (let at = 0; at < 250; at += 1) emit({ type: 'timeline', entry: entry(at) });
    emit({ type: 'logs', lines: Array.from({ length: 600 }, (_, line) => `line ${line}`) });
    emit({ type: 'logs', lines: ['the last'] });
    const { timeline, runnerLog } = link.history();
    expect([timeline.length, timeline[0]?.at, timeline.at(-1)?.at]).toEqual([200, 50, 249]);
    expect([runnerLog.length, runnerLog[0], runnerLog.at(-1)]).toEqual([500, 'line 101', 'the last']);
    expect(told.at(-1)).toEqual(['runner:log', ['the last']]);
  });

  it('A31: a nudge reaches the link', () => {
    const { link, nudged } = setUp();
    link.nudge('sleep');
    expect(nudged).toEqual(['sleep']);
  });
});
