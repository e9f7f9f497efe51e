import { describe, expect, it } from 'vitest';
import type { Shown } from '../../shared/bridge/shown.ts';
import type { Fault } from '../../shared/link/fault.ts';
import type { LinkState } from '../../shared/link/state.ts';
import { noStats, type LinkStatus } from '../../shared/link/status.ts';
import { trayModel, type TrayModel } from './tray-model.ts';

const now = 1_700_000_000_000;
const fault = { kind: 'closed', code: 1006, reason: '' } as const;

const status = (state: LinkState, rttMs: number | null = null): LinkStatus => ({
  state,
  endpoint: state.phase === 'idle' ? null : { name: 'The lab', url: 'wss://gpu.example/ws' },
  pipelineId: 'sketch',
  stats: { ...noStats, rttMs },
});

const none: Shown = { kind: 'none', since: 0 };

/** With the cloud's picture or none: the link says it all. */
const modelOf = (status: LinkStatus, endpointName: string | null, at: number): TrayModel =>
  trayModel(status, none, endpointName, at);

const failed = (fault: Fault): LinkState => ({
  phase: 'failed',
  fault,
  attempts: 4,
  nextAttemptAt: null,
  stage: null,
  since: now,
});

const texts = ({ lines }: TrayModel): string[] =>
  lines.flatMap((line) => (line.kind === 'text' ? [line.label] : []));
const enabled = ({ lines }: TrayModel): string[] =>
  lines.flatMap((line) => (line.kind === 'action' && line.enabled ? [line.action] : []));

describe('the tray', () => {
  it('offers to connect to the endpoint in force when nothing runs', () => {
    const model = modelOf(status({ phase: 'idle' }), 'The lab', now);
    expect(model.icon).toBe('idle');
    expect(model.tooltip).toBe('Linkspan\nNot connected');
    expect(texts(model)).toEqual(['Not connected', 'Route: cloud, The lab', 'Round trip: –']);
    expect(enabled(model)).toEqual(['start', 'show', 'quit']);
  });

  it('can start without an endpoint too: this computer makes a picture then', () => {
    const model = modelOf(status({ phase: 'idle' }), null, now);
    expect(texts(model)).toContain('No runner chosen');
    expect(enabled(model)).toEqual(['start', 'show', 'quit']);
  });

  it('A63: shows that this computer makes the picture, and can stop it', () => {
    const local: Shown = { kind: 'local', since: now, because: 'chosen' };
    const model = trayModel(status({ phase: 'idle' }), local, null, now);
    expect(model.icon).toBe('live');
    expect(texts(model)).toContain('Route: local, this computer');
    expect(enabled(model)).toEqual(['stop', 'show', 'quit']);
  });

  it('A60: warns while this computer’s picture stands in for the cloud’s, and says so', () => {
    const local: Shown = { kind: 'local', since: now, because: 'silent' };
    const model = trayModel(status({ phase: 'live', since: now, loading: null }), local, null, now);
    expect(model.icon).toBe('warning');
    expect(model.tooltip).toContain('Meanwhile this computer makes the picture');
    expect(texts(model)).toContain('Route: local for now (cloud, The lab)');
  });

  it('shows what a connecting link waits for', () => {
    const model = modelOf(status({ phase: 'connecting', stage: 'waiting', since: now }), null, now);
    expect(model.icon).toBe('connecting');
    expect(model.tooltip).toContain('Waiting for the runner');
    expect(enabled(model)).toEqual(['stop', 'show', 'quit']);
  });

  it('shows the route and the round trip of a live link', () => {
    const live: LinkState = { phase: 'live', since: now, loading: null };
    expect(modelOf(status(live, 7.4), null, now)).toMatchObject({
      icon: 'live',
      tooltip: 'Linkspan\nLive',
    });
    expect(texts(modelOf(status(live, 7.4), null, now))).toContain('Round trip: 7 ms');
    expect(texts(modelOf(status(live, 43.2), null, now))).toContain('Round trip: 45 ms');
  });

  it('A52: shows a loss with its reason, what is tried, the time to the next attempt, and a way to try now', () => {
    const state: LinkState = {
      phase: 'recovering',
      fault,
      strategy: 'resume',
      attempt: 2,
      attempts: 4,
      nextAttemptAt: now + 1_900,
      stage: null,
      media: 'flowing',
      since: now,
    };
    const model = modelOf(status(state), null, now);
    expect(model.icon).toBe('warning');
    const [, loss, detail] = model.tooltip.split('\n');
    expect(loss).toMatch(/^Remote inference connection lost: .+/);
    expect(detail).toBe('Taking the session up again. Attempt 2 of 4 in 2 s. The picture goes on meanwhile.');
    expect(texts(model).slice(0, 2)).toEqual([loss, detail]);
    expect(enabled(model)).toEqual(['stop', 'retry', 'show', 'quit']);
  });

  it.each(['stalled', 'leaving'] as const)(
    'A14, A62: warns of a link that is %s, and lets it be retried',
    (reason) => {
      const model = modelOf(status({ phase: 'degraded', reason, since: now, loading: null }), null, now);
      expect(model.icon).toBe('warning');
      expect(enabled(model)).toEqual(['stop', 'retry', 'show', 'quit']);
    },
  );

  it('A53: says after how many attempts it gave up, and offers the way out', () => {
    const model = modelOf(status(failed(fault)), null, now);
    expect(model.icon).toBe('failed');
    expect(texts(model)[0]).toBe('Reconnection failed after 4 attempts.');
    expect(enabled(model)).toEqual(['stop', 'retry', 'show', 'quit']);
  });

  it('A30, A33: offers no retry of what would be refused again, and a start of what was ended for good', () => {
    const refused = modelOf(status(failed({ kind: 'unauthorised', status: 401 })), null, now);
    expect(enabled(refused)).toEqual(['stop', 'show', 'quit']);
    const ended = modelOf(status(failed({ kind: 'access-denied', detail: '' })), null, now);
    expect(enabled(ended)).toEqual(['stop', 'start', 'show', 'quit']);
  });
});
