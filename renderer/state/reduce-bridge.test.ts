import { describe, expect, it } from 'vitest';
import { builtInManifests } from '../../pipelines/fixtures/built-in-manifests.ts';
import type { Shown } from '../../shared/bridge/shown.ts';
import { noStats } from '../../shared/link/status.ts';
import type { AppEvent } from './app-event.ts';
import { currentPipelineId, currentValues } from './current-pipeline.ts';
import { cloud, dream, knowing, live, of, ready, shows, silent, withSettings } from './fixtures/bridging.ts';
import { attached, booted, info, link, play } from './fixtures/play.ts';
import { localPipelineId, offeredPipelines } from './local-pipelines.ts';

const manifests = builtInManifests();
const known = knowing(manifests);

describe('without an endpoint', () => {
  it('A63: the first start loads a local pipeline, opens the source and asks for no endpoint', () => {
    const { state, all } = play(
      known,
      booted({ endpoint: null, settings: { ...info.settings, route: 'auto' } }),
    );
    expect(of(all, 'load-local')).toMatchObject([{ model: { manifest: { id: 'sketch' } } }]);
    expect(of(all, 'open-source')).toHaveLength(1);
    expect(of(all, 'attach-stream')).toHaveLength(0);
    expect(state).toMatchObject({ panel: 'pipeline', mix: { on: true, policy: { prefer: 'local' } } });
    expect(offeredPipelines(state).map(({ id }) => id)).toEqual(manifests.map(({ id }) => id));
  });
});

describe('the route', () => {
  it('A60: takes the cloud’s picture where there is one, and this computer’s until then', () => {
    const { state } = play(known, withSettings({}), attached);
    expect(state.mix.policy).toEqual({ prefer: 'cloud', localBeforeCloud: true, localWhenSilent: false });
  });

  it('goes to this computer and back by one event each, and keeps where it came from', () => {
    const there = play(known, withSettings({ route: 'cloud' }), attached, { type: 'route-switched' });
    expect(there.state.settings.route).toBe('local');
    const back = play(
      known,
      withSettings({ route: 'cloud' }),
      attached,
      { type: 'route-switched' },
      {
        type: 'route-switched',
      },
    );
    expect(back.state.settings.route).toBe('cloud');
    // Also after a restart in between.
    expect(there.effects).toContainEqual({
      type: 'patch-settings',
      patch: { route: 'local', backTo: 'cloud' },
    });
    const restarted = play(known, withSettings({ route: 'local', backTo: 'cloud' }), {
      type: 'route-switched',
    });
    expect(restarted.state.settings.route).toBe('cloud');
  });

  it('keeps the link up until this computer’s picture is on screen, so that there is no gap', () => {
    const on = [known, withSettings({}), attached, link(live), ready, shows(cloud)] as const;
    const chosen = play(...on, { type: 'route-chosen', route: 'local' });
    expect(of(chosen.all, 'stop-link')).toHaveLength(0);
    expect(chosen.state.mix.policy.prefer).toBe('local');
    const replaced = play(
      ...on,
      { type: 'route-chosen', route: 'local' },
      shows({ kind: 'local', since: 5_000, because: 'chosen' }),
    );
    expect(of(replaced.effects, 'stop-link')).toHaveLength(1);
    expect(of(replaced.effects, 'detach-stream')).toHaveLength(1);
    expect(replaced.state.source.phase).not.toBe('off');
  });

  it('keeps the source and every parameter on the way to the cloud', () => {
    const { state, all } = play(
      known,
      withSettings({ route: 'local' }),
      { type: 'parameters-changed', values: { strength: 0.25 } },
      { type: 'route-chosen', route: 'cloud' },
      attached,
    );
    expect(of(all, 'start-link')).toMatchObject([{ pipelineId: 'sketch', parameters: { strength: 0.25 } }]);
    expect(of(all, 'open-source')).toHaveLength(1);
    expect(of(all, 'close-source')).toHaveLength(0);
    expect(currentValues(state)).toMatchObject({ strength: 0.25 });
  });
});

describe('the fallback', () => {
  it('A61: is off until the user has said so', () => {
    const asked = play(known, withSettings({}), attached, ready);
    expect(asked.state.mix.policy.localWhenSilent).toBe(false);
    const agreed = play(known, withSettings({}), attached, ready, {
      type: 'fallback-chosen',
      fallback: 'on',
    });
    expect(agreed.state.mix.policy.localWhenSilent).toBe(true);
    expect(agreed.effects).toContainEqual({ type: 'patch-settings', patch: { fallback: 'on' } });
  });

  it('loads no model for a cloud that nothing is to stand in for', () => {
    const { all } = play(known, withSettings({ route: 'cloud', fallback: 'off' }), attached);
    expect(of(all, 'load-local')).toHaveLength(0);
  });

  it('A60: goes into the history with its cause and its gap, and so does the way back', () => {
    const fallen = play(
      known,
      withSettings({ fallback: 'on' }),
      attached,
      ready,
      shows(cloud),
      shows(silent, 257.4),
    );
    expect(of(fallen.effects, 'note-timeline')).toMatchObject([
      { note: { what: 'This computer’s picture took over', why: expect.stringContaining('gap of 257 ms') } },
    ]);
    expect(of(fallen.effects, 'tell-shown')).toEqual([{ type: 'tell-shown', shown: silent }]);
    const back = play(
      known,
      withSettings({ fallback: 'on' }),
      attached,
      ready,
      shows(cloud),
      shows(silent),
      shows({ kind: 'cloud', since: 9_000 }),
    );
    expect(of(back.effects, 'note-timeline')).toMatchObject([
      { note: { what: 'The cloud’s picture is back', tookMs: 4_000 } },
    ]);
  });

  it('A60: knows a runner that repeats one picture by the runner’s own count', () => {
    const counted = (out: number, repeated: number): AppEvent => {
      const { status } = link(live);
      const stats = { ...noStats, runnerFpsIn: 30, runnerFpsOut: out, runnerFpsRepeated: repeated };
      return { type: 'link-status', status: { ...status, stats } };
    };
    const on = [known, withSettings({}), attached] as const;
    const stuck = play(...on, counted(30, 0), counted(30, 30));
    expect(of(stuck.effects, 'tell-stuck')).toEqual([{ type: 'tell-stuck', stuck: true }]);
    expect(play(...on, counted(30, 0), counted(0, 0)).state.mix.stuck).toBe(true);
    expect(play(...on, counted(30, 0), counted(30, 3)).state.mix.stuck).toBe(false);
    const moves = play(...on, counted(30, 0), counted(30, 30), counted(30, 0));
    expect(of(moves.effects, 'tell-stuck')).toEqual([{ type: 'tell-stuck', stuck: false }]);
    // One that starts has made none yet, and neither has the next after a loss.
    expect(play(...on, counted(0, 0)).state.mix.stuck).toBe(false);
    const next = play(
      ...on,
      counted(30, 0),
      link({ phase: 'connecting', stage: 'dialling', since: 0 }),
      counted(0, 0),
    );
    expect(next.state.mix.stuck).toBe(false);
  });
});

describe('a pipeline that only the cloud has', () => {
  const cloudOnly = [
    known,
    booted({
      settings: { ...info.settings, route: 'auto', fallback: 'on', pipelineId: 'dream' },
      pipelines: [dream],
    }),
    attached,
  ] as const;

  it('is not stood in for before the user has picked what by', () => {
    const { state } = play(...cloudOnly);
    expect(localPipelineId(state)).toBeNull();
    expect(state.mix.policy.localWhenSilent).toBe(false);
  });

  it('is stood in for by the one that was picked, from then on', () => {
    const { state, all } = play(...cloudOnly, { type: 'stand-in-chosen', pipelineId: 'thermal' });
    expect(state.mix.policy.localWhenSilent).toBe(true);
    expect(of(all, 'load-local')).toMatchObject([{ model: { manifest: { id: 'thermal' } } }]);
    expect(of(all, 'patch-settings').at(-1)).toMatchObject({ patch: { standIns: { dream: 'thermal' } } });
    expect(currentPipelineId(state)).toBe('dream');
  });

  it('stays chosen for the cloud while another is picked on the local route', () => {
    const { state } = play(
      ...cloudOnly,
      { type: 'route-chosen', route: 'local' },
      { type: 'pipeline-chosen', pipelineId: 'thermal' },
    );
    expect(currentPipelineId(state)).toBe('thermal');
    expect(state.settings).toMatchObject({ pipelineId: 'dream', standIns: { dream: 'thermal' } });
  });

  it('is what a runner without the local one gives; the local one stands in for it', () => {
    const { state } = play(known, withSettings({ pipelineId: 'thermal' }), attached, {
      type: 'pipelines-known',
      pipelines: [dream],
    });
    expect(state.settings).toMatchObject({ pipelineId: 'dream', standIns: { dream: 'thermal' } });
  });
});

describe('the local engine', () => {
  it('tells the user and the history once what became of it', () => {
    const text = 'The local model did not answer for 3 s and was started again.';
    const { state, effects } = play(known, withSettings({}), {
      type: 'local-reported',
      report: { type: 'notice', text },
    });
    expect(state.notices.map((notice) => notice.text)).toEqual([text]);
    expect(of(effects, 'note-timeline')).toHaveLength(1);
  });

  const failed: AppEvent = {
    type: 'local-reported',
    report: { type: 'state', state: { phase: 'failed', pipelineId: 'sketch', problem: 'No memory.' } },
  };

  it('A63: that gives up says so in words, in the window and in the history', () => {
    const { state, effects } = play(
      known,
      withSettings({ route: 'local' }),
      ready,
      shows({ kind: 'local', since: 1, because: 'chosen' }),
      failed,
    );
    expect(state.notices.map(({ text }) => text)).toEqual(['The local model can’t run: No memory.']);
    expect(of(effects, 'note-timeline')).toMatchObject([{ note: { why: 'No memory.' } }]);
  });

  it.each<AppEvent[]>([
    [{ type: 'local-retried' }],
    [{ type: 'pipeline-chosen', pipelineId: 'sketch' }],
    [{ type: 'stop' }, { type: 'start' }],
  ])('loads the model again when the user asks for it: %o', (...asks) => {
    const before = play(known, withSettings({ route: 'local' }), ready, failed);
    expect(of(before.all, 'load-local')).toHaveLength(1);
    const { all } = play(known, withSettings({ route: 'local' }), ready, failed, ...asks);
    expect(of(all, 'load-local')).toHaveLength(2);
  });

  it('A63: that stops and is back is in the history', () => {
    const stopped: Shown = { kind: 'held', since: 2_000, because: 'engine' };
    const { all } = play(
      known,
      withSettings({ route: 'local' }),
      ready,
      shows({ kind: 'local', since: 1_000, because: 'chosen' }),
      shows(stopped),
      shows({ kind: 'local', since: 3_500, because: 'chosen' }),
    );
    expect(of(all, 'note-timeline')).toMatchObject([
      { note: { what: 'This computer’s picture stopped' } },
      { note: { what: 'This computer’s picture is back', tookMs: 1_500 } },
    ]);
  });

  it('is not counted on once it has failed', () => {
    const { state } = play(known, withSettings({ fallback: 'on' }), attached, ready, {
      type: 'local-reported',
      report: { type: 'state', state: { phase: 'failed', pipelineId: 'sketch', problem: 'No memory.' } },
    });
    expect(state.mix.policy.localWhenSilent).toBe(false);
  });

  it('forgets the last picture when the user stops', () => {
    const { effects } = play(known, withSettings({ route: 'local' }), ready, { type: 'stop' });
    expect(of(effects, 'clear-output')).toHaveLength(1);
  });
});
