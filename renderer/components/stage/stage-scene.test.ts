import { describe, expect, it } from 'vitest';
import type { LinkState } from '../../../shared/link/state.ts';
import { initialState, type AppState } from '../../state/app-state.ts';
import { everyStrategy } from '../../../shared/link/fixtures/some-states.ts';
import { sourceFills, stageScene } from './stage-scene.ts';

const endpoint = { name: 'here', url: 'ws://127.0.0.1:1/ws', hasToken: false, offered: true };
const on: AppState = {
  ...initialState,
  boot: { phase: 'ready' },
  endpoint,
  settings: { ...initialState.settings, route: 'cloud' },
};
const off: AppState = { ...on, settings: { ...on.settings, streaming: false } };
const withLink = (state: LinkState): AppState => ({ ...on, status: { ...on.status, state } });
const fault = { kind: 'handshake-timeout' } as const;

describe('stageScene', () => {
  it('A54: shows a picture only while the link is live, or recovers with the last one', () => {
    expect(stageScene(withLink({ phase: 'live', since: 0, loading: null }))).toBe('picture');
    expect(stageScene(withLink({ phase: 'degraded', reason: 'stalled', since: 0, loading: null }))).toBe(
      'picture',
    );
    const recovering = { attempt: 1, attempts: 4, nextAttemptAt: null, stage: null, since: 0 };
    for (const strategy of everyStrategy)
      for (const media of ['flowing', 'stopped'] as const)
        expect(stageScene(withLink({ phase: 'recovering', fault, strategy, media, ...recovering }))).toBe(
          'picture',
        );
    expect(stageScene(withLink({ phase: 'connecting', stage: 'dialling', since: 0 }))).toBe('connecting');
    expect(stageScene(withLink({ phase: 'idle' }))).toBe('connecting');
    const failed = { attempts: 4, nextAttemptAt: null, stage: null, since: 0 };
    expect(stageScene(withLink({ phase: 'failed', fault, ...failed }))).toBe('failed');
  });

  it('tells stopped from having nowhere to go', () => {
    expect(stageScene(off)).toBe('stopped');
    expect(stageScene({ ...on, endpoint: null })).toBe('no-endpoint');
  });

  it('gives the stage to the source only while nothing streams', () => {
    expect(sourceFills({ ...off, previewing: true })).toBe(true);
    expect(sourceFills(off)).toBe(false);
    expect(sourceFills({ ...on, previewing: true })).toBe(false);
  });
});
