import { describe, expect, it } from 'vitest';
import type { Fault } from './fault.ts';
import { presentFault } from './present-fault.ts';
import { presentLink } from './present-link.ts';
import type { LinkState } from './state.ts';

const broken: Fault = { kind: 'closed', code: 1006, reason: '' };
const refused: Fault = { kind: 'unreachable', code: 'ECONNREFUSED' };

function failed(fault: Fault, attempts: number, nextAttemptAt: number | null): LinkState {
  return { phase: 'failed', fault, attempts, nextAttemptAt, stage: null, since: 0 };
}

describe('presentLink', () => {
  it('A52: names the loss, the attempt and the time to the next one, and offers to retry', () => {
    const state: LinkState = {
      phase: 'recovering',
      fault: broken,
      attempt: 2,
      attempts: 4,
      nextAttemptAt: 3_000,
      stage: null,
      since: 0,
    };
    expect(presentLink(state, 1_001)).toEqual({
      tone: 'warning',
      label: 'Remote inference connection lost: The connection broke off',
      detail: 'Attempt 2 of 4 in 2 s',
      action: 'retry',
    });
    expect(presentLink({ ...state, nextAttemptAt: null, stage: 'dialling' }, 0)).toMatchObject({
      detail: 'Attempt 2 of 4: connecting to the runner',
      action: 'stop',
    });
  });

  it('A53: says after the last attempt that it failed, and the way out', () => {
    expect(presentLink(failed(refused, 4, 31_000), 1_000)).toEqual({
      tone: 'error',
      label: 'Reconnection failed after 4 attempts.',
      detail: `Nothing is listening at this address. ${presentFault(refused).advice} Next try in 30 s.`,
      action: 'retry',
    });
    expect(presentLink(failed(refused, 1, null), 0).label).toBe('Reconnection failed after 1 attempt.');
  });

  it('puts the fault itself in front when there was nothing to reconnect', () => {
    expect(presentLink(failed(refused, 0, null), 0).label).toBe('Nothing is listening at this address');
  });

  it.each<[Fault, string]>([
    [{ kind: 'unauthorised', status: 401 }, 'enter-token'],
    [{ kind: 'invalid-endpoint', detail: '' }, 'edit-endpoint'],
    [{ kind: 'not-a-runner', status: 200 }, 'edit-endpoint'],
    [{ kind: 'terminated', code: 'MAX_DURATION_EXCEEDED', detail: '' }, 'start'],
    [refused, 'retry'],
  ])('offers the way out of $kind', (fault, action) => {
    expect(presentLink(failed(fault, 0, null), 0).action).toBe(action);
  });

  it('shows what a connecting link waits for', () => {
    const label = (stage: 'dialling' | 'waiting' | 'loading' | 'negotiating' | 'first-frame'): string =>
      presentLink({ phase: 'connecting', stage, since: 0 }, 0).label;
    const labels = (['dialling', 'waiting', 'loading', 'negotiating', 'first-frame'] as const).map(label);
    expect(new Set(labels).size).toBe(5);
    expect(presentLink({ phase: 'live', since: 0, loading: 'sketch' }, 0).detail).toBe('Loading sketch');
    expect(presentLink({ phase: 'idle' }, 0)).toMatchObject({ tone: 'idle', action: 'start' });
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
