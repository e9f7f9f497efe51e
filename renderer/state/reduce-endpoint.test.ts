import { describe, expect, it } from 'vitest';
import type { AppEvent } from './app-event.ts';
import { initialState, type AppState } from './app-state.ts';
import { endpointName } from './endpoint-name.ts';
import { types } from './fixtures/play.ts';
import { reduceApp } from './reduce-app.ts';

const url = 'wss://gpu.example/ws';
const saved = { name: 'gpu.example', url, hasToken: true, offered: false };
const ready: AppState = {
  ...initialState,
  boot: { phase: 'ready' },
  settings: { ...initialState.settings, route: 'cloud' },
  mix: { ...initialState.mix, policy: { ...initialState.mix.policy, localBeforeCloud: false } },
  previewing: true,
  source: { phase: 'running', generation: 1, choice: { kind: 'pattern' } },
};

function play(from: AppState, ...events: AppEvent[]) {
  let step = { state: from, effects: [] as ReturnType<typeof reduceApp>['effects'] };
  for (const event of events) step = reduceApp(step.state, event);
  return step;
}

describe('endpoint', () => {
  it('tests with the token as typed', () => {
    expect(play(ready, { type: 'test-endpoint', url, token: 't' }).effects).toEqual([
      { type: 'test-endpoint', url, token: 't' },
    ]);
  });

  it('drops the outcome of a test that was overtaken by typing', () => {
    const { state } = play(
      ready,
      { type: 'test-endpoint', url, token: '' },
      { type: 'endpoint-edited' },
      { type: 'endpoint-tested', url, result: { ok: false, problem: { kind: 'handshake-timeout' } } },
    );
    expect(state.endpointCheck).toEqual({ phase: 'none' });
  });

  it('connects as soon as the first endpoint is saved', () => {
    const { state, effects } = play(
      { ...ready, settings: { ...ready.settings, streaming: false } },
      { type: 'save-endpoint', url, token: '' },
      { type: 'endpoint-saved', url, result: { ok: true, value: saved } },
    );
    expect(state).toMatchObject({ endpoint: saved, previewing: false, endpointCheck: { phase: 'saved' } });
    expect(types(effects)).toEqual(['patch-settings', 'attach-stream']);
  });

  it('moves a running stream to the saved endpoint without detaching the page', () => {
    const streaming: AppState = {
      ...ready,
      endpoint: { ...saved, url: 'ws://old/ws' },
      previewing: false,
      source: { phase: 'running', generation: 1, choice: { kind: 'pattern' } },
      stream: { phase: 'attached' },
    };
    const { effects } = play(
      streaming,
      { type: 'save-endpoint', url, token: '' },
      { type: 'endpoint-saved', url, result: { ok: true, value: saved } },
    );
    expect(effects.map(({ type }) => type)).toEqual(['start-link']);
  });

  it('keeps the endpoint in force when main refuses another', () => {
    const fault = { kind: 'invalid-endpoint', detail: 'no scheme' } as const;
    const { state } = play(
      { ...ready, endpoint: saved },
      { type: 'save-endpoint', url: 'nonsense', token: '' },
      { type: 'endpoint-saved', url: 'nonsense', result: { ok: false, problem: fault } },
    );
    expect(state).toMatchObject({ endpoint: saved, endpointCheck: { phase: 'refused', fault } });
  });

  it('stops when the endpoint is forgotten, and shows the source', () => {
    const { state } = play(
      { ...ready, endpoint: saved, stream: { phase: 'attached' } },
      { type: 'save-endpoint', url: null, token: '' },
      { type: 'endpoint-saved', url: '', result: { ok: true, value: null } },
    );
    expect(state).toMatchObject({ endpoint: null, previewing: true, stream: { phase: 'detached' } });
  });

  it('waits for no answer that will not come', () => {
    const { state } = play(
      ready,
      { type: 'test-endpoint', url, token: '' },
      { type: 'effect-failed', effect: { type: 'test-endpoint', url, token: '' }, detail: 'IPC' },
    );
    expect(state.endpointCheck.phase).toBe('refused');
  });

  it('is named after its host', () => {
    expect(endpointName('wss://gpu.example:8443/ws')).toBe('gpu.example:8443');
    expect(endpointName('nonsense')).toBe('nonsense');
  });
});
