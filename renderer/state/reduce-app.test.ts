import { describe, expect, it } from 'vitest';
import { defaultRecovery } from '../../shared/link/recovery-settings.ts';
import type { LinkState } from '../../shared/link/state.ts';
import type { AppEvent } from './app-event.ts';
import { logLinesKept, timelineKept } from './defaults.ts';
import { attached, booted, info, link, lost, play, thermal, types, sketch } from './fixtures/play.ts';

const stopped = { ...info.settings, streaming: false };

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

describe('what main tells as it happens', () => {
  const entry = (at: number) => ({ at, what: 'Connecting', why: null, tookMs: null });

  it('goes on from what was before the page was loaded, and keeps the newest', () => {
    const told = Array.from({ length: timelineKept }, (_, at) => entry(at));
    const { state } = play(booted({ timeline: told, runnerLog: ['a'] }), {
      type: 'timeline-told',
      entry: entry(999),
    });
    expect(state.timeline.items).toHaveLength(timelineKept);
    expect(state.timeline.items.at(-1)).toEqual(entry(999));
    expect(state.timeline.dropped).toBe(1);
    expect(state.runnerLog.items).toEqual(['a']);
  });

  it('is not told twice when it came before main had answered', () => {
    const early: AppEvent = { type: 'runner-logged', lines: ['a', 'b'] };
    const { state } = play(early, booted({ runnerLog: ['a', 'b'] }));
    expect(state.runnerLog.items).toEqual(['a', 'b']);
  });

  it('lets the oldest lines of a talkative runner go', () => {
    const lines = Array.from({ length: logLinesKept + 20 }, (_, line) => String(line));
    const { state } = play(booted(), { type: 'runner-logged', lines });
    expect(state.runnerLog).toEqual({ dropped: 20, items: lines.slice(20) });
  });
});

it('keeps the numbers of recovery, and has main keep them', () => {
  const recovery = { ...defaultRecovery, attempts: 7 };
  const { state, effects } = play(booted(), { type: 'recovery-chosen', recovery });
  expect(state.settings.recovery).toEqual(recovery);
  expect(effects).toEqual([{ type: 'patch-settings', patch: { recovery } }]);
});

it('survives a trip through JSON: the state is nothing but data', () => {
  const { state } = play(booted(), attached, link({ phase: 'live', since: 1, loading: null }));
  expect(JSON.parse(JSON.stringify(state))).toEqual(state);
});
