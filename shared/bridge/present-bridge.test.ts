import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { anyState } from '../link/fixtures/some-states.ts';
import { presentLink } from '../link/present-link.ts';
import type { LinkState } from '../link/state.ts';
import { noStats, type LinkStatus } from '../link/status.ts';
import { bridgeParts } from './bridge-parts.ts';
import { presentBridge, shownLabel } from './present-bridge.ts';
import type { Shown } from './shown.ts';

const live: LinkState = { phase: 'live', since: 0, loading: null };
const local = (because: Extract<Shown, { kind: 'local' }>['because']): Shown => ({
  kind: 'local',
  since: 0,
  because,
});
const endpoint = { name: 'The lab', url: 'wss://gpu.example/ws' };
const status = (state: LinkState): LinkStatus => ({ state, endpoint, pipelineId: 'sketch', stats: noStats });

describe('link and picture in words', () => {
  it('are the link’s own while the cloud’s picture shows', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        expect(presentBridge(state, { kind: 'cloud', since: 0 }, 0)).toEqual(presentLink(state, 0));
        expect(presentBridge(state, { kind: 'none', since: 0 }, 0)).toEqual(presentLink(state, 0));
      }),
    );
  });

  it('A63: without a link a local picture is as good as live, and nothing is sent', () => {
    expect(presentBridge({ phase: 'idle' }, local('chosen'), 0)).toMatchObject({
      tone: 'live',
      label: 'Local',
      detail: expect.stringContaining('Nothing is sent anywhere'),
    });
  });

  it('A63: call what was chosen local while the link goes, and say that nothing is sent only of that', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        expect(presentBridge(state, local('chosen'), 0)).toMatchObject({ tone: 'live', label: 'Local' });
        const { detail } = presentBridge(state, local('before-cloud'), 0);
        expect(detail).toContain('Until the cloud’s picture is there, this computer makes it.');
        expect(detail).not.toContain('Nothing is sent');
      }),
    );
  });

  it('call no picture live before it is there', () => {
    expect(presentBridge(live, local('before-cloud'), 0)).toMatchObject({ tone: 'busy' });
  });

  it('A61: never pass one picture that the cloud repeats for live, also where nothing takes over', () => {
    expect(presentBridge(live, { kind: 'held', since: 0, because: 'stuck' }, 0)).toMatchObject({
      tone: 'warning',
      label: 'The cloud repeats one picture',
      actions: ['use-local', 'stop'],
    });
  });

  it('A61: say of a picture only what is on screen', () => {
    fc.assert(
      fc.property(anyState, fc.constantFrom('before-cloud', 'silent', 'stuck'), (state, because) => {
        const { label, detail } = presentBridge(state, local(because), 0);
        expect(`${label} ${detail}`).not.toMatch(/No new picture|picture goes on|last one stays/);
      }),
    );
  });

  it('A61: never pass a fallback for live, whatever the link says', () => {
    for (const because of ['silent', 'stuck'] as const) {
      expect(presentBridge(live, local(because), 0).tone).toBe('warning');
      expect(presentBridge(live, local(because), 0).label).not.toBe('Live');
      fc.assert(
        fc.property(anyState, (state) => {
          fc.pre(state.phase !== 'idle');
          const { detail } = presentBridge(state, local(because), 0);
          expect(detail).toContain('this computer makes the picture');
        }),
      );
    }
  });
});

describe('a local picture that has stopped', () => {
  const stopped: Shown = { kind: 'held', since: 0, because: 'engine' };

  it('A63: is never passed for a good one, whatever the link says', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const { tone, detail } = presentBridge(state, stopped, 0);
        expect(tone).not.toBe('live');
        expect(detail).toContain('This computer’s picture stopped');
      }),
    );
    expect(shownLabel(stopped)).toEqual({
      route: 'Last picture',
      why: 'this computer’s picture stopped',
    });
  });

  it('is this computer’s still, with an inference that has stopped', () => {
    const parts = bridgeParts({ ...status({ phase: 'idle' }), endpoint: null }, stopped, 8);
    expect(parts.find(({ part }) => part === 'route')).toMatchObject({ label: 'Local' });
    expect(parts.find(({ part }) => part === 'inference')).toMatchObject({ tone: 'warning' });
  });
});

describe('the label on the picture', () => {
  it('A61: says which one it is, and why, whenever it is not the one that was wanted', () => {
    expect(shownLabel({ kind: 'none', since: 0 })).toBeNull();
    expect(shownLabel({ kind: 'cloud', since: 0 })).toEqual({ route: 'Cloud', why: '' });
    expect(shownLabel(local('chosen'))).toEqual({ route: 'Local', why: '' });
    for (const because of ['before-cloud', 'silent', 'stuck'] as const) {
      expect(shownLabel(local(because))?.route).toBe('Local');
      expect(shownLabel(local(because))?.why).not.toBe('');
    }
    for (const because of ['silent', 'stuck'] as const)
      expect(shownLabel({ kind: 'held', since: 0, because })).toMatchObject({ route: 'Last picture' });
  });
});

describe('the parts', () => {
  it('are always four, in order, and the link’s own unless this computer makes the picture', () => {
    for (const shown of [local('silent'), local('chosen'), { kind: 'cloud', since: 0 } as const])
      expect(bridgeParts(status(live), shown, 4).map(({ part }) => part)).toEqual([
        'route',
        'signalling',
        'media',
        'inference',
      ]);
  });

  it('A60: name the route and the inference that make the picture, and leave the link its own', () => {
    const [route, signalling, , inference] = bridgeParts(status(live), local('silent'), 8.73);
    expect(route).toMatchObject({
      tone: 'warning',
      label: 'Local for now',
      detail: 'In the place of The lab',
    });
    expect(signalling).toMatchObject({ label: 'Connected' });
    expect(inference).toMatchObject({ tone: 'live', label: 'Here, 8.7 ms' });
    const [alone] = bridgeParts({ ...status({ phase: 'idle' }), endpoint: null }, local('chosen'), null);
    expect(alone).toMatchObject({ tone: 'live', label: 'Local' });
  });
});
