import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Part } from './part.ts';
import { pictureOf } from './picture-of.ts';
import { presentParts, type PartPresentation } from './present-parts.ts';
import { anyStatus, statusOf } from './fixtures/some-states.ts';
import type { LinkState } from './state.ts';
import type { LinkStatus } from './status.ts';

const live: LinkState = { phase: 'live', since: 0, loading: null };
const recovering = {
  phase: 'recovering',
  fault: { kind: 'closed', code: 1006, reason: '' },
  strategy: 'resume',
  attempt: 1,
  attempts: 4,
  nextAttemptAt: 1,
  stage: null,
  media: 'flowing',
  since: 0,
} as const satisfies LinkState;

function part(name: Part, status: LinkStatus): PartPresentation {
  const found = presentParts(status).find(({ part }) => part === name);
  if (!found) throw new Error(`No part ${name}`);
  return found;
}

describe('in any state', () => {
  it('A54: media is up with a link that delivers, or in the named grace, and never else', () => {
    fc.assert(
      fc.property(anyStatus, (status) => {
        const { state } = status;
        const { tone, label } = part('media', status);
        const delivers = state.phase === 'live' || (state.phase === 'degraded' && state.reason === 'leaving');
        expect(tone === 'live').toBe(delivers);
        expect(label === 'Flowing').toBe(delivers);
        const inGrace = state.phase === 'recovering' && state.media === 'flowing';
        expect(label === 'Goes on for now').toBe(inGrace);
        expect(['live', 'goes-on'].includes(pictureOf(state))).toBe(delivers || inGrace);
      }),
    );
  });

  it('A54: inference runs and figures are told only on a link that is up', () => {
    fc.assert(
      fc.property(anyStatus, (status) => {
        const isUp = status.state.phase === 'live' || status.state.phase === 'degraded';
        const { tone, label } = part('inference', status);
        if (!isUp) {
          expect(tone).not.toBe('live');
          expect(label).not.toMatch(/\d/);
        }
      }),
    );
  });

  it('says something of each of the four parts, in their order, and nothing that is no word', () => {
    fc.assert(
      fc.property(anyStatus, (status) => {
        const parts = presentParts(status);
        expect(parts.map(({ part }) => part)).toEqual(['route', 'signalling', 'media', 'inference']);
        for (const { label, detail } of parts) {
          expect(label).not.toBe('');
          expect(detail).not.toBe('');
          expect(`${label} ${detail ?? ''}`).not.toMatch(/undefined|null|NaN|\[object/);
        }
      }),
    );
  });

  it('a failed link points at exactly one part, unless it is trying again', () => {
    fc.assert(
      fc.property(anyStatus, (status) => {
        const { state } = status;
        const failures = presentParts(status).filter(({ tone }) => tone === 'error');
        if (state.phase !== 'failed') expect(failures).toEqual([]);
        else if (state.stage === null && status.endpoint !== null) expect(failures).toHaveLength(1);
      }),
    );
  });
});

describe('the parts', () => {
  it('show the route, the round trip, the rate and the time of a live link', () => {
    const figures = {
      rttMs: 41.6,
      receivedKbps: 2_380.4,
      inferenceMs: 8.71,
      runnerFpsIn: 30,
      runnerFpsOut: 29.6,
    };
    expect(presentParts(statusOf(live, figures))).toEqual([
      { part: 'route', tone: 'live', label: 'Cloud, The lab', detail: 'wss://gpu.example/ws' },
      { part: 'signalling', tone: 'live', label: 'Connected', detail: 'Round trip 42 ms' },
      { part: 'media', tone: 'live', label: 'Flowing', detail: '2380 kbps received' },
      { part: 'inference', tone: 'live', label: 'Running, 8.7 ms', detail: '30 frames a second' },
    ]);
  });

  it('A17: tell signalling that was lost from media that goes on', () => {
    const status = statusOf(recovering);
    expect(part('signalling', status)).toMatchObject({ tone: 'warning', label: 'Lost' });
    expect(part('media', status)).toMatchObject({ tone: 'warning', label: 'Goes on for now' });
    expect(part('route', status).tone).toBe('live');
  });

  it('A18: tell media that was lost from signalling that goes on', () => {
    const status = statusOf({ ...recovering, strategy: 'rebuild', media: 'stopped' });
    expect(part('signalling', status)).toMatchObject({ tone: 'live', label: 'Connected' });
    expect(part('media', status)).toMatchObject({ tone: 'warning', label: 'Stopped' });
  });

  it('follow an attempt through its stages', () => {
    const trying = (stage: 'dialling' | 'waiting' | 'loading' | 'negotiating'): string[] =>
      presentParts(
        statusOf({ ...recovering, strategy: 'rejoin', media: 'stopped', nextAttemptAt: null, stage }),
      ).map(({ label }) => label);
    expect(trying('dialling').slice(1)).toEqual(['Dialling again', 'Stopped', 'None']);
    expect(trying('waiting').slice(1)).toEqual(['Waiting for the runner', 'Stopped', 'None']);
    expect(trying('loading').slice(1)).toEqual(['Connected', 'Stopped', 'Loading sketch']);
    expect(trying('negotiating').slice(1)).toEqual(['Connected', 'Setting up', 'None']);
  });

  it('A14: call media stalled, and inference stuck when the runner takes frames in but gives none out', () => {
    const stalled: LinkState = { phase: 'degraded', reason: 'stalled', since: 0, loading: null };
    expect(part('media', statusOf(stalled)).label).toBe('Stalled');
    const stuck = statusOf(stalled, { runnerFpsIn: 30, runnerFpsOut: 0, inferenceMs: 9 });
    expect(part('inference', stuck)).toMatchObject({ tone: 'warning', label: 'Stuck' });
    expect(part('inference', statusOf(stalled, { runnerFpsIn: 0, runnerFpsOut: 0 })).label).toBe('Running');
  });

  it('name the pipeline that is being loaded beside the running one', () => {
    expect(part('inference', statusOf({ ...live, loading: 'thermal' })).label).toBe('Loading thermal');
  });

  it('do not claim that inference runs where the runner tells no figures', () => {
    expect(part('inference', statusOf(live))).toMatchObject({ tone: 'idle', label: 'Unknown' });
  });
});
