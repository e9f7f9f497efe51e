import { describe, expect, it } from 'vitest';
import type { SourceProblem } from '../capture/source-problem.ts';
import type { AppEffect } from './app-effect.ts';
import type { AppEvent } from './app-event.ts';
import { initialState, type AppState } from './app-state.ts';
import { reduceApp } from './reduce-app.ts';

const camera = { deviceId: 'a', label: 'Desk cam' };
const ready: AppState = {
  ...initialState,
  boot: { phase: 'ready' },
  settings: { ...initialState.settings, route: 'cloud' },
  mix: { ...initialState.mix, policy: { ...initialState.mix.policy, localBeforeCloud: false } },
  previewing: true,
};

function play(...events: AppEvent[]): { state: AppState; effects: AppEffect[] } {
  let state = ready;
  let effects: AppEffect[] = [];
  for (const event of events) ({ state, effects } = reduceApp(state, event));
  return { state, effects };
}

const choose: AppEvent = { type: 'source-chosen', choice: { kind: 'camera', ...camera }, ticket: null };
const listed = (...cameras: (typeof camera)[]): AppEvent => ({ type: 'cameras-listed', cameras });
const lost = (generation: number, problem: SourceProblem): AppEvent => ({
  type: 'source-reported',
  report: { generation, outcome: { kind: 'lost', problem } },
});

describe('sources', () => {
  it('opens the chosen one and remembers it', () => {
    expect(play(choose).effects).toEqual([
      { type: 'patch-settings', patch: { source: { kind: 'camera', ...camera } } },
      { type: 'open-source', generation: 1, choice: { kind: 'camera', ...camera }, ticket: null },
    ]);
  });

  it('shows a source that is chosen while nothing streams', () => {
    const hidden = reduceApp({ ...ready, previewing: false }, choose);
    expect(hidden.state).toMatchObject({ previewing: true, source: { phase: 'opening' } });
  });

  it('drops what an earlier source reports', () => {
    const { state } = play(choose, { ...choose }, lost(1, { kind: 'busy', label: '' }));
    expect(state.source).toMatchObject({ phase: 'opening', generation: 2 });
  });

  it('remembers which camera was opened when the choice named none', () => {
    const { state, effects } = play(
      { type: 'source-chosen', choice: { kind: 'camera', deviceId: '', label: '' }, ticket: null },
      { type: 'source-reported', report: { generation: 1, outcome: { kind: 'running', camera } } },
    );
    expect(state.settings.source).toEqual({ kind: 'camera', ...camera });
    expect(effects).toContainEqual({
      type: 'patch-settings',
      patch: { source: { kind: 'camera', ...camera } },
    });
  });

  it('falls back when the camera is unplugged, and takes it again when it is back', () => {
    const unplugged = [choose, listed(camera), lost(1, { kind: 'unplugged', label: camera.label }), listed()];
    expect(play(...unplugged).state.source).toMatchObject({
      phase: 'substituted',
      problem: { kind: 'unplugged' },
    });
    expect(play(...unplugged, listed(camera)).effects).toEqual([
      { type: 'open-source', generation: 2, choice: { kind: 'camera', ...camera }, ticket: null },
    ]);
  });

  it('does not fight over a camera that another program holds', () => {
    const { effects } = play(
      choose,
      lost(1, { kind: 'busy', label: camera.label }),
      listed(),
      listed(camera),
    );
    expect(effects).toEqual([]);
  });

  it('changes the size without opening anything anew', () => {
    expect(play(choose, { type: 'size-chosen', size: { width: 640, height: 360 } }).effects).toEqual([
      { type: 'resize', size: { width: 640, height: 360 } },
      { type: 'patch-settings', patch: { frameSize: { width: 640, height: 360 } } },
    ]);
  });
});
