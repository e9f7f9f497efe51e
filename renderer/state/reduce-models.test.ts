import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseManifest } from '../../pipelines/manifest.ts';
import type { ModelCandidate } from '../../shared/ipc/model-channels.ts';
import { fail, ok } from '../../shared/result.ts';
import type { LocalModel } from '../engine/local-model.ts';
import { shape, tensor } from '../models/fixtures/shapes.ts';
import type { Tried } from '../models/try-model.ts';
import type { AppEvent } from './app-event.ts';
import { booted, info, play, types } from './fixtures/play.ts';
import { localModels, localPipelines, needsStandIn } from './local-pipelines.ts';

const opened = parseManifest(readFileSync('pipelines/models/sketch/model.json', 'utf8'));
if (!opened.ok) throw new Error(opened.problem);
const sketch: LocalModel = { manifest: opened.value, url: '/sketch.onnx', origin: 'built-in' };
const candidate: ModelCandidate = {
  id: 'c1',
  name: 'oil.onnx',
  url: '/user-models/c1/model.onnx',
  bytes: 10,
  opset: 17,
  manifest: null,
};
const copying: AppEvent = { type: 'model-copying' };
const staged: AppEvent = { type: 'model-staged', result: ok(candidate) };
const inspected: AppEvent = { type: 'model-inspected', candidate: 'c1', result: ok(shape()) };
const tried: Tried = {
  fitting: { multipleOf: 8, sizes: [[384, 384]] },
  best: { size: { width: 384, height: 384 }, runMs: 12, frameMs: 14, realTime: true },
};
const ran: AppEvent = { type: 'model-tried', candidate: 'c1', result: ok(tried) };
const told = (...ids: string[]): AppEvent => ({
  type: 'models-known',
  models: {
    models: ids.map((id) => ({
      id,
      manifest: JSON.stringify({ ...sketch.manifest, id }),
      url: `/user-models/${id}/model.onnx`,
      hasLicence: id === 'licensed',
    })),
    problems: [],
  },
});

describe('the user’s own models', () => {
  it('join those that the app brings, and stay the same objects while nothing changes', () => {
    const known: AppEvent = { type: 'built-in-known', models: [sketch] };
    const { state } = play(known, booted(), told('oil', 'licensed'));
    expect(localModels(state).map(({ manifest }) => manifest.id)).toEqual([
      sketch.manifest.id,
      'oil',
      'licensed',
    ]);
    expect(state.models.licensed).toEqual(['licensed']);
    expect(localModels(state)).toBe(localModels(state));
    const again = play(known, booted(), told('oil'), told('oil'));
    expect(localPipelines(again.state).map(({ id }) => id)).toEqual([sketch.manifest.id, 'oil']);
    expect(play(known, booted(), told('oil'), told()).state.models.own).toEqual([]);
  });

  it('A38: that go are chosen no more, unless the runner has them; others stay chosen', () => {
    const settings = { ...info.settings, route: 'local', pipelineId: 'oil' } as const;
    const known: AppEvent = { type: 'built-in-known', models: [sketch] };
    const gone = play(known, booted({ settings }), told('oil'), told());
    expect(gone.state.settings.pipelineId).toBeNull();
    expect(gone.effects).toContainEqual({ type: 'patch-settings', patch: { pipelineId: null } });
    expect(needsStandIn(gone.state)).toBe(false);
    const oil = { ...info.pipelines[0]!, id: 'oil' };
    const there = play(known, booted({ settings, pipelines: [oil] }), told('oil'), told());
    expect(there.state.settings.pipelineId).toBe('oil');
    const other = play(known, booted({ settings }), told('oil', 'tar'), told('oil'));
    expect(other.state.settings.pipelineId).toBe('oil');
  });

  it.each(['oil', 'models'])('A38: that cannot be read for the moment stay chosen: %s', (folder) => {
    const settings = { ...info.settings, route: 'local', pipelineId: 'oil' } as const;
    const known: AppEvent = { type: 'built-in-known', models: [sketch] };
    const unread: AppEvent = {
      type: 'models-known',
      models: { models: [], problems: [{ folder, problem: 'model.onnx cannot be read (EIO)' }] },
    };
    const { state } = play(known, booted({ settings }), told('oil'), unread);
    expect(state.settings.pipelineId).toBe('oil');
  });

  it('are asked for again when the window is looked at again', () => {
    expect(types(play(booted(), { type: 'models-wanted' }).effects)).toEqual(['list-models']);
    expect(play({ type: 'models-wanted' }).effects).toEqual([]);
  });
});

describe('a model that is added', () => {
  it('is inspected, then tried while the rest is asked, then saved as answered', () => {
    expect(play(booted(), copying, staged).effects).toEqual([{ type: 'inspect-model', candidate }]);
    const asked = play(booted(), copying, staged, inspected);
    expect(asked.effects).toMatchObject([
      { type: 'try-model', described: false, manifest: { title: 'Oil' } },
    ]);
    expect(asked.state).toMatchObject({
      panel: 'models',
      models: { adding: { phase: 'describing', trial: null } },
    });
    const { adding } = asked.state.models;
    if (adding.phase !== 'describing' || adding.subject.kind !== 'inferred')
      throw new Error('nothing is asked');
    const answers = { ...adding.subject.answers, title: 'Oil paint' };
    const saving = play(
      booted(),
      copying,
      staged,
      inspected,
      ran,
      { type: 'model-answered', answers },
      { type: 'save-model' },
    );
    expect(saving.effects).toMatchObject([
      {
        type: 'save-model',
        candidate: 'c1',
        manifest: {
          title: 'Oil paint',
          budget: { sizes: [[384, 384]] },
          io: { image: { size: { multipleOf: 8 } } },
        },
      },
    ]);
    const saved: AppEvent = {
      type: 'model-saved',
      candidate: 'c1',
      title: 'Oil paint',
      result: ok({ id: 'oil-paint' }),
    };
    const done = play(booted(), copying, staged, inspected, ran, { type: 'save-model' }, saved);
    expect(done.state.models.adding).toEqual({ phase: 'added', id: 'oil-paint', title: 'Oil paint' });
  });

  it('is not saved before it has run, and only once', () => {
    expect(play(booted(), copying, staged, inspected, { type: 'save-model' }).effects).toEqual([]);
    const twice = play(
      booted(),
      copying,
      staged,
      inspected,
      ran,
      { type: 'save-model' },
      { type: 'save-model' },
    );
    expect(twice.effects).toEqual([]);
  });

  it('that came with its description is tried as that says, and nothing is asked', () => {
    const described = { ...candidate, manifest: JSON.stringify(sketch.manifest) };
    const { effects, state } = play(booted(), copying, { type: 'model-staged', result: ok(described) });
    expect(effects).toMatchObject([{ type: 'try-model', described: true, manifest: sketch.manifest }]);
    expect(state.models.adding).toMatchObject({ subject: { kind: 'described' } });
  });

  it.each<{ what: string; events: AppEvent[]; says: string }>([
    {
      what: 'main cannot copy',
      events: [{ type: 'model-staged', result: fail('“x” cannot be used.') }],
      says: '“x” cannot be used.',
    },
    {
      what: 'the engine cannot read',
      events: [staged, { type: 'model-inspected', candidate: 'c1', result: fail('protobuf parsing failed') }],
      says: 'damaged',
    },
    {
      what: 'takes no picture',
      events: [
        staged,
        {
          type: 'model-inspected',
          candidate: 'c1',
          result: ok({ inputs: [tensor('x', [1, 9])], outputs: [] }),
        },
      ],
      says: 'no picture',
    },
    {
      what: 'does not run',
      events: [staged, inspected, { type: 'model-tried', candidate: 'c1', result: fail('it fails') }],
      says: 'it fails',
    },
  ])('is refused when it is one that $what, and its copy goes', ({ events, says }) => {
    const { state, effects } = play(booted(), copying, ...events);
    expect(state.models.adding).toMatchObject({
      phase: 'refused',
      problem: expect.stringContaining(says) as string,
    });
    if (events.length > 1) expect(effects).toEqual([{ type: 'discard-model', candidate: 'c1' }]);
  });

  it('gives way to another one, and late news of it change nothing', () => {
    const { effects, state } = play(booted(), copying, staged, inspected, copying, ran);
    expect(effects).toEqual([]);
    expect(state.models.adding).toEqual({ phase: 'copying' });
    expect(play(booted(), copying, staged, inspected, copying).effects).toEqual([
      { type: 'discard-model', candidate: 'c1' },
    ]);
    expect(play(booted(), copying, { type: 'model-dismissed' }, staged).effects).toEqual([
      { type: 'discard-model', candidate: 'c1' },
    ]);
  });

  it('stays to be corrected when main refuses its description', () => {
    const refused: AppEvent = {
      type: 'model-saved',
      candidate: 'c1',
      title: 'x',
      result: fail('The disk is full.'),
    };
    const { state } = play(booted(), copying, staged, inspected, ran, { type: 'save-model' }, refused);
    expect(state.models.adding).toMatchObject({
      phase: 'describing',
      save: { phase: 'refused', problem: 'The disk is full.' },
    });
  });
});

it('a model that could not be removed is told of', () => {
  const { state } = play(booted(), { type: 'model-removed', result: fail('It is in use.') });
  expect(state.notices.map(({ text }) => text)).toEqual(['It is in use.']);
});
