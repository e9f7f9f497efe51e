import { describe, expect, it } from 'vitest';
import type { Runner } from '../../shared/ipc/runner-channels.ts';
import type { AppEvent } from './app-event.ts';
import { endpointName } from './endpoint-name.ts';
import type { RunnersEffect } from './runners-event.ts';
import { attached, booted, link, play as playAll, types } from './fixtures/play.ts';

const runner = (name: string, change: Partial<Runner> = {}): Runner => ({
  name,
  url: `wss://${name}.example/ws`,
  hasToken: false,
  offered: false,
  ...change,
});
const [gpu, lab] = [runner('gpu'), runner('lab')];
const kept = ({ name, url }: Runner, token: string | null = null) => ({ name, url, token });
const report = { rttMs: 12, pipelines: [], capabilities: [] };
const withList = (...runners: Runner[]) => booted({ runners, endpoint: runners[0] ?? null });
const test = (url: string, from: 'form' | 'list' = 'form') =>
  ({ type: 'test-runner', from, url, token: null }) as const;
const passed = (url: string, from: 'form' | 'list' = 'form'): AppEvent => ({
  type: 'runner-tested',
  from,
  url,
  at: 7,
  result: { ok: true, value: report },
});
const save = (as: 'used' | 'added' | 'changed' | 'arranged', url: string, ...runners: Runner[]) =>
  ({ type: 'save-runners', as, url, runners: runners.map((runner) => kept(runner)) }) as const;
const saved = (...value: Runner[]): AppEvent => ({ type: 'runners-saved', result: { ok: true, value } });
const live = link({ phase: 'live', since: 1, loading: null });
const play = (...events: AppEvent[]) => {
  const { state, effects, all } = playAll(...events);
  return { state, effects, all, runners: state.runners };
};

describe('a test', () => {
  it('asks main with the token as typed', () => {
    const asked = { ...test(gpu.url), token: 't' };
    expect(play(withList(), asked).effects).toEqual([asked]);
  });

  it('of the form that was overtaken by typing is dropped', () => {
    const { runners } = play(withList(gpu), test(lab.url), { type: 'endpoint-edited' }, passed(lab.url));
    expect(runners.check).toEqual({ phase: 'none' });
  });

  it('of a runner is kept beside it, whatever panel is looked at meanwhile', () => {
    const { runners } = play(
      withList(gpu, lab),
      test(lab.url, 'list'),
      { type: 'panel-chosen', panel: 'source' },
      passed(lab.url, 'list'),
      { type: 'panel-chosen', panel: 'endpoint' },
    );
    expect(runners.tests).toEqual({ [lab.url]: { phase: 'passed', at: 7, rttMs: 12, pipelines: 0 } });
  });

  it('of a runner goes with it, and its late answer is dropped', () => {
    const events = [withList(gpu, lab), test(lab.url, 'list'), save('arranged', lab.url, gpu), saved(gpu)];
    expect(play(...events).runners.tests).toEqual({});
    expect(play(...events, passed(lab.url, 'list')).runners.tests).toEqual({});
  });

  it('is known again when the window is loaded anew, and what main keeps of it is shown', () => {
    const lastTest = { phase: 'passed', at: 7, rttMs: 12, pipelines: 0 } as const;
    const tested = { ...lab, lastTest };
    expect(play(withList(gpu, tested)).runners.tests).toEqual({ [lab.url]: lastTest });
    const added = play(
      withList(gpu),
      test(lab.url),
      passed(lab.url),
      save('added', lab.url, gpu, lab),
      saved(gpu, tested),
    );
    expect(added.runners.tests).toEqual({ [lab.url]: lastTest });
  });

  it('that is asked with another token tells nothing any more, of all runners of that server', () => {
    const beside = { ...lab, url: 'wss://lab.example/other' };
    const changed = play(
      withList(gpu, lab, beside),
      ...[gpu, lab, beside].map(({ url }) => test(url, 'list')),
      { ...save('changed', lab.url, gpu, lab, beside), runners: [kept(gpu), kept(lab, 'new'), kept(beside)] },
      saved(gpu, { ...lab, hasToken: true }, { ...beside, hasToken: true }),
      passed(lab.url, 'list'),
      passed(beside.url, 'list'),
    );
    expect(changed.runners.tests).toEqual({ [gpu.url]: { phase: 'testing' } });
    expect(JSON.stringify(changed.state)).not.toContain('"new"');
  });
});

describe('a change of the list', () => {
  it('connects as soon as the first runner is there', () => {
    const stopped = booted({
      endpoint: null,
      settings: { ...play(withList()).state.settings, streaming: false },
    });
    const { state, effects } = play(stopped, save('used', gpu.url, gpu), saved(gpu));
    expect(state).toMatchObject({ endpoint: gpu, previewing: false, settings: { streaming: true } });
    expect(state.runners).toMatchObject({
      list: [gpu],
      form: { mode: 'closed' },
      check: { phase: 'saved', as: 'used' },
    });
    expect(types(effects)).toContain('attach-stream');
  });

  it('moves a stream that is on to a new first, without detaching the page', () => {
    const { state, effects } = play(
      withList(gpu, lab),
      attached,
      live,
      save('arranged', lab.url, lab, gpu),
      saved(lab, gpu),
    );
    expect(types(effects)).toEqual(['start-link']);
    expect(state.endpoint).toEqual(lab);
  });

  it('starts nothing anew when the first stays, or while the user has stopped', () => {
    const added = play(withList(gpu), attached, live, save('added', lab.url, gpu, lab), saved(gpu, lab));
    expect(added.effects).toEqual([]);
    const stopped = play(
      withList(gpu, lab),
      attached,
      live,
      { type: 'stop' },
      save('arranged', lab.url, lab, gpu),
      saved(lab, gpu),
    );
    expect(types(stopped.effects)).toEqual([]);
    expect(stopped.state.settings.streaming).toBe(false);
  });

  it('tries again at once with a new token for the first', () => {
    const changed = { ...save('changed', gpu.url, gpu), runners: [kept(gpu, 'new')] };
    const { effects } = play(withList(gpu), attached, live, changed, saved({ ...gpu, hasToken: true }));
    expect(types(effects)).toEqual(['start-link']);
  });

  it('is kept as it was when main refuses it', () => {
    const fault = { kind: 'invalid-endpoint', detail: 'no scheme' } as const;
    const { state } = play(
      withList(gpu),
      { type: 'runner-form-wanted', form: { mode: 'add' } },
      save('added', lab.url, gpu, lab),
      { type: 'runners-saved', result: { ok: false, problem: fault } },
    );
    expect(state.endpoint).toEqual(gpu);
    expect(state.runners).toMatchObject({
      list: [gpu],
      form: { mode: 'add' },
      check: { phase: 'refused', fault },
    });
  });

  it('is made one at a time', () => {
    expect(play(withList(gpu), save('added', lab.url, gpu, lab), save('arranged', gpu.url)).effects).toEqual(
      [],
    );
  });

  it('that leaves none stops the stream and shows the source', () => {
    const { state } = play(withList(gpu), attached, live, save('arranged', gpu.url), saved());
    expect(state).toMatchObject({ endpoint: null, previewing: true, stream: { phase: 'detached' } });
  });

  it('by a confirmed link closes the form and moves the stream', () => {
    const { state, effects } = play(
      withList(gpu),
      attached,
      live,
      { type: 'runner-form-wanted', form: { mode: 'edit', url: gpu.url } },
      { type: 'runners-changed', runners: [lab, gpu] },
    );
    expect(types(effects)).toEqual(['start-link']);
    expect(state.runners.form).toEqual({ mode: 'closed' });
  });
});

describe('runners on this machine', () => {
  const found = { url: 'ws://127.0.0.1:1/ws', id: 'x', version: '1', slots: { total: 1, free: 1 } };

  it('are looked for once at a time, and the earlier ones stay until the answer', () => {
    const events: AppEvent[] = [
      withList(),
      { type: 'find-runners' },
      { type: 'runners-found', runners: [found] },
    ];
    expect(play(...events).runners.found).toEqual({ phase: 'known', runners: [found] });
    const again = play(...events, { type: 'find-runners' }, { type: 'find-runners' });
    expect(again.runners.found).toEqual({ phase: 'looking', runners: [found] });
    expect(again.effects).toEqual([]);
  });
});

describe('an answer that will not come', () => {
  it.each<[RunnersEffect, object]>([
    [test(gpu.url), { check: { phase: 'refused' } }],
    [test(gpu.url, 'list'), { tests: {} }],
    [{ type: 'save-runners', runners: [] }, { check: { phase: 'refused' } }],
    [{ type: 'find-runners' }, { found: { phase: 'known' } }],
  ])('is waited for no longer: %o', (effect, expected) => {
    const asked = effect.type === 'save-runners' ? save('arranged', gpu.url) : effect;
    const { runners } = play(withList(gpu), asked, { type: 'effect-failed', effect, detail: 'IPC' });
    expect(runners).toMatchObject(expected);
  });
});

describe('whoever asks for the endpoint', () => {
  it('gets the form of the one in force, or of a first one', () => {
    const asked = play(withList(gpu), { type: 'endpoint-wanted' });
    expect(asked.state).toMatchObject({ panel: 'endpoint', endpointAsked: 1 });
    expect(asked.runners.form).toEqual({ mode: 'edit', url: gpu.url });
    expect(play(withList(), { type: 'endpoint-wanted' }).runners.form).toEqual({ mode: 'add' });
  });
});

it('an endpoint is named after its host', () => {
  expect(endpointName('wss://gpu.example:8443/ws')).toBe('gpu.example:8443');
  expect(endpointName('nonsense')).toBe('nonsense');
});
