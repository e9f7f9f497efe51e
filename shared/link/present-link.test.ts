import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fault } from './fault.ts';
import { presentFault } from './present-fault.ts';
import { presentLink } from './present-link.ts';
import { anyState, everyFault, everyStrategy } from './fixtures/some-states.ts';
import type { LinkState } from './state.ts';
import type { Strategy } from './strategy.ts';

const broken: Fault = { kind: 'closed', code: 1006, reason: '' };
const refused: Fault = { kind: 'unreachable', code: 'ECONNREFUSED' };
const recovering = {
  phase: 'recovering',
  fault: broken,
  strategy: 'rejoin',
  attempt: 2,
  attempts: 4,
  nextAttemptAt: 3_000,
  stage: null,
  media: 'stopped',
  since: 0,
} as const satisfies LinkState;

function failed(fault: Fault, attempts: number, nextAttemptAt: number | null): LinkState {
  return { phase: 'failed', fault, attempts, nextAttemptAt, stage: null, since: 0 };
}

describe('presentLink', () => {
  it('A52: names the loss, what is tried, the attempt and the time to the next one, and offers both ways on', () => {
    expect(presentLink(recovering, 1_001)).toEqual({
      tone: 'warning',
      label: 'Remote inference connection lost: The connection broke off',
      detail: 'Starting a new session. Attempt 2 of 4 in 2 s.',
      actions: ['retry', 'use-local', 'stop'],
    });
    expect(presentLink({ ...recovering, nextAttemptAt: null, stage: 'dialling' }, 0)).toMatchObject({
      detail: 'Starting a new session. Attempt 2 of 4: connecting to the runner.',
      actions: ['retry', 'use-local', 'stop'],
    });
    expect(presentLink(recovering, 3_001).detail).toMatch(/Attempt 2 of 4 now\.$/);
  });

  it('A52: words every strategy differently', () => {
    const detail = (strategy: Strategy): string => presentLink({ ...recovering, strategy }, 0).detail;
    expect(new Set(everyStrategy.map(detail)).size).toBe(4);
  });

  it('A17: says that the picture goes on while signalling alone is lost', () => {
    const detail = (media: 'flowing' | 'stopped'): string =>
      presentLink({ ...recovering, strategy: 'resume', media }, 1_001).detail;
    expect(detail('flowing')).toBe(
      'Taking the session up again. Attempt 2 of 4 in 2 s. The picture goes on meanwhile.',
    );
    expect(detail('stopped')).toBe('Taking the session up again. Attempt 2 of 4 in 2 s.');
  });

  it('A14: warns of a picture that stalls, and lets the user retry', () => {
    const state: LinkState = { phase: 'degraded', reason: 'stalled', since: 0, loading: null };
    expect(presentLink(state, 0)).toMatchObject({
      tone: 'warning',
      label: 'No new picture is coming',
      detail: expect.stringContaining('video is set up anew'),
      actions: ['retry', 'use-local', 'stop'],
    });
  });

  it('A62: warns of a runner that leaves, and says that the picture goes on', () => {
    const state: LinkState = { phase: 'degraded', reason: 'leaving', since: 0, loading: 'thermal' };
    expect(presentLink(state, 0)).toMatchObject({
      tone: 'warning',
      label: 'The runner is about to stop',
      detail: expect.stringMatching(
        /Moving to another one .* The picture goes on meanwhile\. Loading thermal\.$/,
      ),
      actions: ['retry', 'stop'],
    });
  });

  it('A53: says after the last attempt that it failed, and the way out', () => {
    expect(presentLink(failed(refused, 4, 31_000), 1_000)).toEqual({
      tone: 'error',
      label: 'Reconnection failed after 4 attempts.',
      detail: `Nothing is listening at this address. ${presentFault(refused).advice} Next try in 30 s.`,
      actions: ['retry', 'use-local', 'stop'],
    });
    expect(presentLink(failed(refused, 1, null), 0).label).toBe('Reconnection failed after 1 attempt.');
  });

  it('puts the fault itself in front when there was nothing to reconnect', () => {
    expect(presentLink(failed(refused, 0, null), 0).label).toBe('Nothing is listening at this address');
  });

  it.each<[Fault, string[]]>([
    [{ kind: 'unauthorised', status: 401 }, ['enter-token', 'use-local', 'stop']],
    [{ kind: 'invalid-endpoint', detail: '' }, ['edit-endpoint', 'use-local', 'stop']],
    [{ kind: 'not-a-runner', status: 200 }, ['edit-endpoint', 'retry', 'use-local', 'stop']],
    [{ kind: 'terminated', code: 'MAX_DURATION_EXCEEDED', detail: '' }, ['start', 'use-local', 'stop']],
    [refused, ['retry', 'use-local', 'stop']],
  ])('offers the way out of $kind first', (fault, actions) => {
    expect(presentLink(failed(fault, 0, null), 0).actions).toEqual(actions);
  });

  it('shows what a connecting link waits for', () => {
    const label = (stage: 'dialling' | 'waiting' | 'loading' | 'negotiating' | 'first-frame'): string =>
      presentLink({ phase: 'connecting', stage, since: 0 }, 0).label;
    const labels = (['dialling', 'waiting', 'loading', 'negotiating', 'first-frame'] as const).map(label);
    expect(new Set(labels).size).toBe(5);
    expect(presentLink({ phase: 'live', since: 0, loading: 'sketch' }, 0).detail).toBe('Loading sketch.');
    expect(presentLink({ phase: 'idle' }, 0)).toMatchObject({ tone: 'idle', actions: ['start'] });
  });

  it('A54: looks live when the link is, and offers something to do, in any state and at any time', () => {
    fc.assert(
      fc.property(anyState, fc.integer({ min: 0, max: 200_000 }), (state, now) => {
        const { tone, label, detail, actions } = presentLink(state, now);
        expect(tone === 'live').toBe(state.phase === 'live');
        expect(label).not.toBe('');
        expect(actions.length).toBeGreaterThan(0);
        expect(actions.includes('stop')).toBe(state.phase !== 'idle');
        expect(`${label} ${detail}`).not.toMatch(/undefined|null|NaN|-\d+ s|\.\./);
      }),
    );
  });
});

describe('presentFault', () => {
  it('tells wrong URL, refused port, bad token, and HTTP instead of WebSocket apart in title and advice', () => {
    const faults: Fault[] = [
      { kind: 'invalid-endpoint', detail: 'Use wss:// for host.' },
      refused,
      { kind: 'unreachable', code: 'ENOTFOUND' },
      { kind: 'unauthorised', status: 401 },
      { kind: 'not-a-runner', status: 200 },
      { kind: 'tls', detail: 'What answers there does not speak TLS' },
      { kind: 'handshake-timeout' },
      { kind: 'unavailable', status: 503 },
    ];
    const texts = faults.map(presentFault);
    expect(new Set(texts.map(({ title }) => title)).size).toBe(faults.length);
    expect(new Set(texts.map(({ advice }) => advice)).size).toBe(faults.length);
  });

  it('gives every fault a title that goes on after a colon, and advice in sentences', () => {
    for (const { title, advice } of everyFault.map(presentFault)) {
      expect(title).toMatch(/^[A-Z].*[^.]$/);
      expect(advice).toMatch(/\.$/);
    }
  });

  it('tells a sleep from a change of network', () => {
    const title = (cause: 'sleep' | 'network'): string => presentFault({ kind: 'interrupted', cause }).title;
    expect([title('sleep'), title('network')]).toEqual(['The system was asleep', 'The network changed']);
  });

  it('shortens what a runner says to one line', () => {
    const { advice } = presentFault({ kind: 'offer-failed', detail: `a\n${'b'.repeat(500)}` });
    expect(advice).toHaveLength(200);
    expect(advice).not.toContain('\n');
  });

  it('says why the runner went away where the close code tells', () => {
    const title = (code: number): string => presentFault({ kind: 'closed', code, reason: '' }).title;
    expect(title(1012)).toBe('The runner is restarting');
    expect(title(1006)).toBe('The connection broke off');
    expect(title(1011)).toBe('The runner closed the connection');
  });
});
