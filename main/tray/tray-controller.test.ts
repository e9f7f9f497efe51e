import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LinkState } from '../../shared/link/state.ts';
import { noStats, type LinkStatus } from '../../shared/link/status.ts';
import { TrayController } from './tray-controller.ts';
import type { TrayModel } from './tray-model.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const status = (state: LinkState, rttMs: number | null = null): LinkStatus => ({
  state,
  endpoint: { name: 'The lab', url: 'wss://gpu.example/ws' },
  pipelineId: null,
  stats: { ...noStats, rttMs },
});

function setUp(): { tray: TrayController; shown: TrayModel[] } {
  const shown: TrayModel[] = [];
  return { tray: new TrayController({ show: (model) => shown.push(model) }, () => null), shown };
}

const waiting = (): LinkState => ({
  phase: 'recovering',
  fault: { kind: 'liveness-timeout', silentMs: 9_000 },
  strategy: 'rejoin',
  attempt: 2,
  attempts: 4,
  nextAttemptAt: Date.now() + 3_000,
  stage: null,
  media: 'stopped',
  since: Date.now(),
});

describe('the tray follows the link', () => {
  it('A52: in the same tick in which a loss is told', () => {
    const { tray, shown } = setUp();
    tray.update(status(waiting()));
    expect(shown.map(({ icon }) => icon)).toEqual(['warning']);
  });

  it('A52: counts down to the next attempt, and stops when it is under way', () => {
    const { tray, shown } = setUp();
    tray.update(status(waiting()));
    vi.advanceTimersByTime(2_000);
    expect(shown.map(({ tooltip }) => tooltip.match(/in (\d) s/)?.[1])).toEqual(['3', '2', '1']);
    tray.update(status({ phase: 'live', since: Date.now(), loading: null }));
    vi.advanceTimersByTime(10_000);
    expect(shown.map(({ icon }) => icon)).toEqual(['warning', 'warning', 'warning', 'live']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves the menu alone while nothing that it shows has changed', () => {
    const { tray, shown } = setUp();
    for (const rttMs of [41, 42, 40, 39])
      tray.update(status({ phase: 'live', since: 1, loading: null }, rttMs));
    expect(shown).toHaveLength(1);
  });
});
