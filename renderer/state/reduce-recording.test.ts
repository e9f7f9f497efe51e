import { describe, expect, it } from 'vitest';
import type { RecorderReport } from '../recording/recorder.ts';
import type { AppEvent } from './app-event.ts';
import { booted, info, play } from './fixtures/play.ts';

const shown: AppEvent = { type: 'shown-changed', shown: { kind: 'cloud', since: 1 }, gapMs: null };
const toggled: AppEvent = { type: 'recording-toggled' };
const reported = (report: RecorderReport): AppEvent => ({ type: 'recorder-reported', report });
const began = reported({ type: 'began', id: 'a', name: 'a.webm', since: 5 });
const ended = reported({ type: 'ended', id: 'a' });
const saved = (change: object = {}): AppEvent => ({
  type: 'recording-told',
  news: {
    type: 'saved',
    id: 'a',
    files: [{ id: 'file', name: 'a.webm' }],
    problem: null,
    leftOver: false,
    ...change,
  },
});
const recording = [booted(), shown, toggled, began];
const types = (events: AppEvent[]): string[] => play(...events).effects.map(({ type }) => type);
const texts = (events: AppEvent[]): string[] => play(...events).state.notices.map(({ text }) => text);

describe('recording', () => {
  it('begins with a picture, counts what is on the disk, ends, is finished and saved', () => {
    expect(types([booted(), shown, toggled])).toContain('start-recording');
    const counting = play(...recording, reported({ type: 'written', id: 'a', bytes: 7 }));
    expect(counting.state.recording).toEqual({
      phase: 'recording',
      id: 'a',
      name: 'a.webm',
      since: 5,
      bytes: 7,
    });
    const ending = play(...recording, toggled);
    expect(ending.state.recording).toEqual({ phase: 'ending', id: 'a' });
    expect(ending.effects).toContainEqual({ type: 'end-recording' });
    const finishing = play(...recording, toggled, ended);
    expect(finishing.state).toMatchObject({ recording: { phase: 'off' }, finishing: ['a'] });
    const done = play(...recording, toggled, ended, saved());
    expect(done.state).toMatchObject({
      finishing: [],
      notices: [{ text: 'Recorded: a.webm.', savedId: 'file' }],
    });
  });

  it('is not waited for when it was saved before its end was answered', () => {
    const { state } = play(...recording, toggled, saved(), ended);
    expect(state).toMatchObject({ recording: { phase: 'off' }, finishing: [] });
  });

  it.each<[AppEvent[], 'start-recording' | 'end-recording']>([
    [[booted(), shown, toggled], 'start-recording'],
    [[...recording, toggled], 'end-recording'],
  ])('waits for no answer that will not come: %#', (events, type) => {
    const effect = type === 'start-recording' ? ({ type, source: false } as const) : ({ type } as const);
    const failed = play(...events, { type: 'effect-failed', effect, detail: 'IPC' });
    expect(failed.state.recording).toEqual({ phase: 'off' });
    expect(types([...events, { type: 'effect-failed', effect, detail: 'IPC' }, toggled])).toContain(
      'start-recording',
    );
  });

  it('does not begin without a picture, and says so', () => {
    expect(texts([booted(), toggled])).toEqual(['There is no picture to record yet.']);
    expect(play(booted(), toggled).state.recording).toEqual({ phase: 'off' });
  });

  it('holds the source as well when that was chosen', () => {
    const { effects, state } = play(booted(), shown, { type: 'record-source-chosen', on: true });
    expect(effects).toContainEqual({ type: 'patch-settings', patch: { recordSource: true } });
    expect(state.settings.recordSource).toBe(true);
    const chosen = booted({ settings: { ...info.settings, recordSource: true } });
    expect(play(chosen, shown, toggled).effects).toContainEqual({ type: 'start-recording', source: true });
  });

  it('ends when the user stops, since no picture will come', () => {
    const { state, effects } = play(...recording, { type: 'stop' });
    expect(state.recording.phase).toBe('ending');
    expect(effects).toContainEqual({ type: 'end-recording' });
  });

  it('that began after the user stopped ends at once', () => {
    const { state } = play(booted(), shown, toggled, { type: 'stop' }, began);
    expect(state.recording.phase).toBe('ending');
  });

  it('goes on across routes', () => {
    const local: AppEvent = {
      type: 'shown-changed',
      shown: { kind: 'local', since: 2, because: 'silent' },
      gapMs: 250,
    };
    const { state } = play(...recording, { type: 'route-chosen', route: 'local' }, local, shown, {
      type: 'route-chosen',
      route: 'auto',
    });
    expect(state.recording.phase).toBe('recording');
  });

  it('that breaks is ended and told of once, whoever notices', () => {
    const byMain: AppEvent = {
      type: 'recording-told',
      news: { type: 'broken', id: 'a', problem: 'The disk is full.', kept: true },
    };
    const byPage = reported({ type: 'failed', id: 'a', problem: 'The disk is full.' });
    const text = 'The recording has ended. The disk is full. What was recorded until then is kept.';
    for (const order of [
      [byMain, byPage],
      [byPage, byMain],
    ])
      expect(texts([...recording, ...order])).toEqual([text]);
    expect(types([...recording, byMain])).toContain('end-recording');
    const gone: AppEvent = {
      type: 'recording-told',
      news: { type: 'broken', id: 'a', problem: 'Its file was taken away.', kept: false },
    };
    expect(texts([...recording, gone])).toEqual(['The recording has ended. Its file was taken away.']);
  });

  it('is ended by the app that quits', () => {
    const wanted: AppEvent = { type: 'recording-told', news: { type: 'end-wanted', id: 'a' } };
    expect(types([...recording, wanted])).toContain('end-recording');
  });

  it('that cannot begin leaves nothing on', () => {
    const refused = reported({ type: 'refused', problem: 'The disk is full.' });
    const { state, effects } = play(booted(), shown, toggled, refused);
    expect(state.recording).toEqual({ phase: 'off' });
    // So that the mixer stops to repeat pictures.
    expect(effects).toContainEqual({ type: 'end-recording' });
    expect(state.notices[0]?.text).toBe('The recording could not begin. The disk is full.');
  });

  it('of an earlier run is told of by its name, and one with nothing in it by what is wrong', () => {
    expect(texts([booted(), saved({ leftOver: true })])).toEqual([
      'Linkspan ended while it recorded. Kept: a.webm.',
    ]);
    const empty = saved({ files: [], problem: 'It held no picture.' });
    expect(texts([...recording, toggled, ended, empty])).toEqual([
      'There is no recording. It held no picture.',
    ]);
    const both = [
      { id: '1', name: 'a.webm' },
      { id: '2', name: 'a source.webm' },
    ];
    expect(texts([booted(), saved({ files: both, problem: 'Slow.' })])).toEqual([
      'Recorded: a.webm and a source.webm. Slow.',
    ]);
  });
});

describe('snapshots', () => {
  const wanted: AppEvent = { type: 'snapshot-wanted' };

  it('say what they were made of, and nothing of where', () => {
    const source = { kind: 'file', path: '/home/ada/secret/clip.mp4', name: 'clip.mp4' } as const;
    const change: AppEvent = { type: 'parameters-changed', values: { strength: 1.5 } };
    const { effects } = play(booted({ settings: { ...info.settings, source } }), shown, change, wanted);
    expect(effects).toContainEqual({
      type: 'take-snapshot',
      facts: {
        pipelineId: 'sketch',
        parameters: { strength: 1.5, ink: [0, 0, 0] },
        shown: { kind: 'cloud', since: 1 },
        source: { kind: 'file', name: 'clip.mp4' },
      },
    });
    expect(JSON.stringify(effects)).not.toMatch(/secret|ws:/);
  });

  it('are told of with the way to their folder, or with what went wrong', () => {
    expect(texts([booted(), wanted])).toEqual(['There is no picture to keep yet.']);
    const taken: AppEvent = {
      type: 'snapshot-taken',
      result: { ok: true, value: { id: '1', name: 'a.png' } },
    };
    expect(play(booted(), taken).state.notices).toMatchObject([{ text: 'Snapshot: a.png.', savedId: '1' }]);
    const failed: AppEvent = { type: 'snapshot-taken', result: { ok: false, problem: 'The disk is full.' } };
    expect(texts([booted(), failed])).toEqual(['No snapshot was taken. The disk is full.']);
  });

  it('show in their folder', () => {
    expect(play({ type: 'saved-revealed', id: '1' }).effects).toContainEqual({
      type: 'reveal-saved',
      id: '1',
    });
  });
});
