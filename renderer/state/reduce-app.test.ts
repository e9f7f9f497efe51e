import { describe, expect, it } from 'vitest';
import type { AppInfo } from '../../shared/ipc/contract.ts';
import { noStats } from '../../shared/link/status.ts';
import type { LinkState } from '../../shared/link/state.ts';
import type { PipelineInfo } from '../../shared/wire/pipelines.ts';
import type { AppEffect } from './app-effect.ts';
import type { AppEvent } from './app-event.ts';
import { initialState, type AppState } from './app-state.ts';
import { reduceApp } from './reduce-app.ts';

const sketch: PipelineInfo = {
  id: 'sketch',
  title: 'Sketch',
  description: '',
  version: '1',
  parameters: [
    { kind: 'range', name: 'strength', label: 'Strength', min: 0, max: 2, step: 0.1, default: 1 },
    { kind: 'color', name: 'ink', label: 'Ink', default: [0, 0, 0] },
  ],
};
const thermal: PipelineInfo = {
  id: 'thermal',
  title: 'Thermal',
  description: '',
  version: '1',
  parameters: [],
};
const endpoint = { name: 'here', url: 'ws://127.0.0.1:1/ws', hasToken: false, offered: true };
const info: AppInfo = {
  version: '1',
  runtime: 'test',
  packaged: false,
  platform: 'linux',
  logFile: '/log',
  settings: { ...initialState.settings },
  parameters: {},
  endpoint,
  status: initialState.status,
  pipelines: [sketch, thermal],
  notices: [],
};

/** Plays events from the start; answers the state and the effects of the last one. */
function play(...events: AppEvent[]): { state: AppState; effects: AppEffect[]; all: AppEffect[] } {
  let state = initialState;
  let effects: AppEffect[] = [];
  const all: AppEffect[] = [];
  for (const event of events) {
    ({ state, effects } = reduceApp(state, event));
    all.push(...effects);
  }
  return { state, effects, all };
}

const booted = (change: Partial<AppInfo> = {}): AppEvent => ({
  type: 'booted',
  info: { ...info, ...change },
});
const stopped = { ...info.settings, streaming: false };
const attached: AppEvent = { type: 'stream-reported', report: { phase: 'attached' } };
const lost: AppEvent = { type: 'stream-reported', report: { phase: 'lost', detail: 'ICE' } };
const link = (state: LinkState): AppEvent => ({
  type: 'link-status',
  status: { state, endpoint: null, pipelineId: 'sketch', stats: noStats },
});
const types = (effects: AppEffect[]): string[] => effects.map(({ type }) => type);

describe('start-up', () => {
  it('does nothing before main has answered', () => {
    expect(play({ type: 'start' }).all).toEqual([]);
  });

  it('opens the source and connects at once when there is an endpoint', () => {
    expect(types(play(booted()).effects)).toEqual(['resize', 'list-cameras', 'open-source', 'attach-stream']);
  });

  it('starts the link only when the page is attached to main', () => {
    expect(play(booted(), attached).effects).toEqual([
      { type: 'start-link', pipelineId: 'sketch', parameters: { strength: 1, ink: [0, 0, 0] } },
    ]);
  });

  it('shows the source and asks for an endpoint when there is none', () => {
    const { state, effects } = play(booted({ endpoint: null }));
    expect(state).toMatchObject({ previewing: true, panel: 'endpoint' });
    expect(types(effects)).toEqual(['resize', 'list-cameras', 'open-source']);
  });

  it('S16: opens no source when the user had stopped', () => {
    const { state, effects } = play(booted({ settings: stopped }));
    expect(state.source.phase).toBe('off');
    expect(types(effects)).not.toContain('open-source');
  });
});

describe('start and stop', () => {
  it('S16: stop ends the link, detaches and lets the camera go', () => {
    const { state, effects } = play(booted(), attached, { type: 'stop' });
    expect(types(effects)).toEqual(['patch-settings', 'close-source', 'stop-link', 'detach-stream']);
    expect(state).toMatchObject({ source: { phase: 'off' }, stream: { phase: 'detached' } });
  });

  it('S16: hiding the preview while stopped lets the camera go again', () => {
    const shown = play(booted({ settings: stopped }), { type: 'preview-toggled' });
    expect(types(shown.effects)).toEqual(['open-source']);
    const hidden = play(
      booted({ settings: stopped }),
      { type: 'preview-toggled' },
      { type: 'preview-toggled' },
    );
    expect(types(hidden.effects)).toEqual(['close-source']);
  });

  it('A37: start sends exactly what the panel shows, after a change made while stopped', () => {
    const { effects } = play(
      booted({ settings: stopped, parameters: { sketch: { strength: 0.3 } } }),
      { type: 'parameters-changed', values: { ink: [1, 0, 0] } },
      { type: 'start' },
      attached,
    );
    expect(effects).toEqual([
      { type: 'start-link', pipelineId: 'sketch', parameters: { strength: 0.3, ink: [1, 0, 0] } },
    ]);
  });

  it('leads to the endpoint when there is nowhere to start to', () => {
    const { state, effects } = play(booted({ endpoint: null, settings: stopped }), { type: 'start' });
    expect(state).toMatchObject({ panel: 'endpoint', endpointAsked: 1 });
    expect(effects).toEqual([]);
  });

  it('starts a link again that has given up', () => {
    const failed: LinkState = {
      phase: 'failed',
      fault: { kind: 'no-free-slot' },
      attempts: 4,
      nextAttemptAt: null,
      stage: null,
      since: 0,
    };
    expect(types(play(booted(), attached, link(failed), { type: 'start' }).effects)).toEqual(['start-link']);
  });

  it('does not start the link twice when its leg to main is made anew', () => {
    const { effects } = play(
      booted(),
      attached,
      link({ phase: 'live', since: 1, loading: null }),
      lost,
      attached,
    );
    expect(effects).toEqual([]);
  });

  it('starts the link all the same when the leg to main stands only at the second try', () => {
    expect(types(play(booted(), lost, attached).effects)).toEqual(['start-link']);
  });
});

describe('pipelines', () => {
  it('moves a running link when another is chosen, and remembers it', () => {
    const { effects } = play(booted(), attached, { type: 'pipeline-chosen', pipelineId: 'thermal' });
    expect(effects).toEqual([
      { type: 'patch-settings', patch: { pipelineId: 'thermal' } },
      { type: 'start-link', pipelineId: 'thermal', parameters: {} },
    ]);
  });

  it('takes the first of a runner that lacks the chosen one, and says so', () => {
    const chosen = { ...info.settings, pipelineId: 'mine' };
    const { state, effects } = play(booted({ settings: chosen }), attached, {
      type: 'pipelines-known',
      pipelines: [thermal],
    });
    expect(state.settings.pipelineId).toBe('thermal');
    expect(state.notices.map(({ text }) => text)).toEqual([expect.stringContaining('mine')]);
    expect(types(effects)).toEqual(['patch-settings', 'start-link']);
  });

  it('keeps the chosen one when a runner has it', () => {
    const { effects } = play(booted(), attached, { type: 'pipelines-known', pipelines: [thermal, sketch] });
    expect(effects).toEqual([]);
  });
});

describe('parameters', () => {
  it('sends and keeps only what changed', () => {
    const { state, effects } = play(booted(), {
      type: 'parameters-changed',
      values: { strength: 1.5, ink: [0, 0, 0] },
    });
    expect(effects).toEqual([{ type: 'set-parameters', pipelineId: 'sketch', values: { strength: 1.5 } }]);
    expect(state.parameters).toEqual({ sketch: { strength: 1.5 } });
  });

  it('keeps them apart by pipeline', () => {
    const { state } = play(
      booted(),
      { type: 'parameters-changed', values: { strength: 0.5 } },
      { type: 'pipeline-chosen', pipelineId: 'thermal' },
      { type: 'parameters-changed', values: { gain: 2 } },
    );
    expect(state.parameters).toEqual({ sketch: { strength: 0.5 }, thermal: { gain: 2 } });
  });

  it('resets one, or all, to the defaults and tells the runner', () => {
    const changed = booted({ parameters: { sketch: { strength: 0.2, ink: [1, 1, 1] } } });
    expect(play(changed, { type: 'parameters-reset', name: 'ink' }).effects).toEqual([
      { type: 'set-parameters', pipelineId: 'sketch', values: { ink: [0, 0, 0] } },
    ]);
    expect(play(changed, { type: 'parameters-reset', name: null }).effects).toEqual([
      { type: 'set-parameters', pipelineId: 'sketch', values: { strength: 1, ink: [0, 0, 0] } },
    ]);
  });
});

it('survives a trip through JSON: the state is nothing but data', () => {
  const { state } = play(booted(), attached, link({ phase: 'live', since: 1, loading: null }));
  expect(JSON.parse(JSON.stringify(state))).toEqual(state);
});
