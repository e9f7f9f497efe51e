import { describe, expect, it } from 'vitest';
import { noStats } from '../../shared/link/status.ts';
import type { LinkState } from '../../shared/link/state.ts';
import { attached, booted, info, link, lost, play, types } from './fixtures/play.ts';

const live: LinkState = { phase: 'live', since: 1, loading: null };
const recovering: LinkState = {
  phase: 'recovering',
  fault: { kind: 'closed', code: 1006, reason: '' },
  strategy: 'resume',
  attempt: 1,
  attempts: 4,
  nextAttemptAt: null,
  stage: 'dialling',
  media: 'flowing',
  since: 1,
};
const failed: LinkState = {
  phase: 'failed',
  fault: { kind: 'no-free-slot' },
  attempts: 4,
  nextAttemptAt: null,
  stage: null,
  since: 0,
};

/** A page that is loaded while main's link is in this state. */
const reloaded = (state: LinkState, pipelineId = 'sketch') =>
  booted({ status: { state, endpoint: info.endpoint, pipelineId, stats: noStats } });

describe('a page that is loaded anew', () => {
  it.each([live, recovering])('A65: comes back onto a link that is $phase without disturbing it', (state) => {
    const { all } = play(reloaded(state), attached);
    expect(types(all)).toEqual(['resize', 'list-cameras', 'open-source', 'attach-stream']);
  });

  it('A65: shows what is live at once', () => {
    expect(play(reloaded(live)).state.status.state).toEqual(live);
  });

  it('starts what has given up', () => {
    expect(types(play(reloaded(failed), attached).effects)).toEqual(['start-link']);
  });

  it('moves the link to the pipeline that the panel shows', () => {
    const { effects } = play(reloaded(live, 'thermal'), attached);
    expect(effects).toMatchObject([{ type: 'start-link', pipelineId: 'sketch' }]);
  });

  it('sends a choice that was made before it was attached again', () => {
    const chosen = play(reloaded(live), { type: 'pipeline-chosen', pipelineId: 'thermal' });
    expect(types(chosen.effects)).toEqual(['patch-settings', 'start-link']);
  });
});

describe('while the leg to main is made anew', () => {
  const broken = [booted(), attached, link(live), lost] as const;

  it('another pipeline is asked for all the same', () => {
    const { effects } = play(...broken, { type: 'pipeline-chosen', pipelineId: 'thermal' });
    expect(effects).toMatchObject([
      { type: 'patch-settings' },
      { type: 'start-link', pipelineId: 'thermal' },
    ]);
  });

  it('another endpoint is gone to all the same', () => {
    const endpoint = { name: 'there', url: 'ws://127.0.0.1:2/ws', hasToken: false, offered: false };
    const { effects } = play(...broken, { type: 'runners-changed', runners: [endpoint] });
    expect(types(effects)).toEqual(['start-link']);
  });
});
