import { describe, expect, it } from 'vitest';
import { builtInManifests } from '../../pipelines/fixtures/built-in-manifests.ts';
import type { Shown } from '../../shared/bridge/shown.ts';
import type { AppEvent } from './app-event.ts';
import { cloud, dream, knowing, live, of, ready, shows, withSettings } from './fixtures/bridging.ts';
import { attached, booted, info, link, play } from './fixtures/play.ts';
import { localPipelineId, offeredPipelines } from './local-pipelines.ts';

const known = knowing(builtInManifests());

describe('a switch of the route', () => {
  const chosen: Shown = { kind: 'local', since: 5_000, because: 'chosen' };
  const toCloud: AppEvent = { type: 'route-chosen', route: 'cloud' };

  it.each(['ask', 'off'] as const)(
    'A60: leaves this computer’s picture on until the cloud’s is there, with a fallback that is “%s”',
    (fallback) => {
      const settings = withSettings({ route: 'local', fallback });
      const switched = [known, settings, ready, shows(chosen), toCloud, attached] as const;
      const { state, all } = play(...switched);
      expect(of(all, 'unload-local')).toHaveLength(0);
      expect(state.mix).toMatchObject({ on: true, policy: { prefer: 'cloud', localWhenSilent: false } });
      expect(of(play(...switched, shows(cloud)).effects, 'unload-local')).toHaveLength(1);
    },
  );

  it('A60: leaves it on, too, where it is that of another pipeline than the cloud’s', () => {
    const { all } = play(
      known,
      booted({
        settings: { ...info.settings, route: 'local', pipelineId: 'dream', fallback: 'off' },
        pipelines: [dream],
      }),
      ready,
      shows(chosen),
      toCloud,
      attached,
    );
    expect(of(all, 'load-local')).toHaveLength(1);
    expect(of(all, 'unload-local')).toHaveLength(0);
  });

  it('A60: keeps the link of a picture that stands still, too, until this computer’s is there', () => {
    const { all } = play(
      known,
      withSettings({ route: 'cloud' }),
      attached,
      link(live),
      shows(cloud),
      { type: 'route-chosen', route: 'local' },
      shows({ kind: 'held', since: 6_000, because: 'silent' }),
    );
    expect(of(all, 'stop-link')).toHaveLength(0);
    expect(of(all, 'load-local')).toHaveLength(1);
  });

  it('A60: to a cloud that there is none of asks for it, and leaves picture and recording alone', () => {
    const { state, all } = play(
      known,
      booted({ endpoint: null, settings: { ...info.settings, route: 'local' } }),
      ready,
      shows(chosen),
      { type: 'recording-toggled' },
      toCloud,
    );
    expect(state).toMatchObject({ panel: 'endpoint', endpointAsked: 1, settings: { route: 'cloud' } });
    expect(state.mix).toMatchObject({ on: true, policy: { prefer: 'local' } });
    expect(of(all, 'clear-output')).toHaveLength(0);
    expect(of(all, 'end-recording')).toHaveLength(0);
    expect(offeredPipelines(state).length).toBeGreaterThan(0);
  });

  it('A38: comes back to the model that ran here, though the runner lacks it', () => {
    const away = play(
      known,
      withSettings({ route: 'local', pipelineId: 'thermal' }),
      ready,
      shows(chosen),
      toCloud,
      attached,
      { type: 'pipelines-known', pipelines: [dream, ...info.pipelines.slice(0, 1)] },
    );
    expect(away.state.settings).toMatchObject({ pipelineId: 'dream', keptLocal: 'thermal' });
    const events: AppEvent[] = [
      known,
      booted({
        settings: { ...info.settings, route: 'cloud', pipelineId: 'dream', keptLocal: 'thermal' },
        pipelines: [dream],
      }),
      attached,
      { type: 'route-chosen', route: 'local' },
    ];
    const back = play(...events);
    expect(back.state.settings).toMatchObject({ pipelineId: 'thermal', keptLocal: null });
    expect(of(back.all, 'patch-settings')).toContainEqual({
      type: 'patch-settings',
      patch: { pipelineId: 'thermal', keptLocal: null },
    });
    expect(localPipelineId(back.state)).toBe('thermal');
    const there = play(...events, { type: 'route-chosen', route: 'cloud' });
    expect(there.state.settings).toMatchObject({ pipelineId: 'dream', keptLocal: 'thermal' });
  });
});
