import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../pipelines/manifest.ts';
import { type Answers, firstAnswers } from './answers.ts';
import { shape, tensor } from './fixtures/shapes.ts';
import { inferModel } from './infer-model.ts';
import { makeManifest } from './make-manifest.ts';

const opset = 17;

function setUp(model = shape(), name = 'starry_night.onnx') {
  const inferred = inferModel(model);
  if (!inferred.ok) throw new Error(inferred.problem);
  const answers = firstAnswers(inferred.value, { name });
  const made = (change: Partial<Answers> = {}, fitting: Parameters<typeof makeManifest>[3] = null) =>
    makeManifest(inferred.value, { ...answers, ...change }, opset, fitting);
  const manifest = (...given: Parameters<typeof made>): Manifest => {
    const result = made(...given);
    if (!result.ok) throw new Error(result.problem);
    return result.value;
  };
  return { answers, made, manifest };
}

it('is made of the file alone, when nothing needs an answer', () => {
  const { answers, manifest } = setUp();
  expect(answers).toMatchObject({ title: 'Starry night', license: 'LicenseRef-unknown' });
  expect(manifest()).toMatchObject({
    title: 'Starry night',
    runtime: { opset, precision: 'fp32', identity: false },
    io: {
      image: {
        name: 'image',
        layout: 'NCHW',
        channels: 'RGB',
        scale: 1,
        size: { mode: 'any', multipleOf: 1 },
        fit: 'cover',
      },
      out: { name: 'out', clamp: true },
    },
    budget: {
      sizes: [
        [512, 512],
        [384, 384],
        [256, 256],
      ],
    },
  });
});

describe('what the user answers', () => {
  it.each([
    { range: '0–255', gives: { scale: 255 } },
    { range: '−1–1', gives: { scale: 1, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] } },
    { range: 'imagenet', gives: { scale: 1, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } },
  ] as const)('$range is what goes in, and 0–1 what comes back', ({ range, gives }) => {
    const { io } = setUp().manifest({ range });
    expect(io.image).toMatchObject(gives);
    expect(io.out).toMatchObject({ scale: 1 });
    expect(io.out.mean).toBeUndefined();
  });

  it('blue first turns the means around, too', () => {
    const { io } = setUp().manifest({ range: 'imagenet', order: 'BGR', outRange: '0–255' });
    expect(io.image).toMatchObject({ channels: 'BGR', mean: [0.406, 0.456, 0.485] });
    expect(io.out).toMatchObject({ channels: 'BGR', scale: 255 });
  });

  it('a uint8 is 0–255 and nothing else, one channel is grey, four have an alpha', () => {
    const of = (dims: (number | null)[], type: string): Manifest['io'] =>
      setUp({ inputs: [tensor('i', dims, type)], outputs: [tensor('o', dims, type)] }).manifest({
        range: '−1–1',
        order: 'BGR',
      }).io;
    expect(of([1, null, null, 3], 'uint8').image).toMatchObject({
      type: 'uint8',
      scale: 255,
      layout: 'NHWC',
    });
    expect(of([1, null, null, 3], 'uint8').image.mean).toBeUndefined();
    expect(of([1, 1, 64, 64], 'float32').image).toMatchObject({ channels: 'Y', mean: [0.5] });
    expect(of([1, 4, 64, 64], 'float32').image).toMatchObject({ channels: 'RGBA' });
  });

  it('a parameter gets a hundred round steps', () => {
    const { answers, manifest, made } = setUp(shape([tensor('p.gain', [1])]));
    expect(manifest().io.params).toMatchObject([{ kind: 'range', name: 'gain', step: 0.01, default: 0.5 }]);
    const [gain] = answers.parameters;
    if (gain?.kind !== 'range') throw new Error('no number');
    const wide = { ...gain, label: 'Gain', min: -20, max: 20, default: 5 };
    expect(manifest({ parameters: [wide] }).io.params).toMatchObject([
      { min: -20, max: 20, step: 0.1, default: 5 },
    ]);
    expect(made({ parameters: [{ ...wide, max: -20 }] })).toMatchObject({
      ok: false,
      problem: expect.stringContaining('min must be below max') as string,
    });
  });

  it('an empty title is refused, and a licence of nothing', () => {
    const { made } = setUp();
    expect(made({ title: '  ' })).toMatchObject({
      ok: false,
      problem: expect.stringContaining('title') as string,
    });
    expect(made({ license: '' })).toMatchObject({
      ok: false,
      problem: expect.stringContaining('license') as string,
    });
  });
});

it('takes what a trial found: sizes that keep up, and what sides must be a multiple of', () => {
  const { io, budget } = setUp().manifest(
    {},
    {
      multipleOf: 8,
      sizes: [
        [384, 384],
        [256, 256],
      ],
    },
  );
  expect(io.image.size).toMatchObject({ mode: 'any', multipleOf: 8 });
  expect(budget.sizes).toEqual([
    [384, 384],
    [256, 256],
  ]);
});

it('gives a model of one size that size, and a free side the length of the other', () => {
  const sized = (dims: (number | null)[]): Manifest =>
    setUp({ inputs: [tensor('i', dims)], outputs: [tensor('o', dims)] }).manifest();
  expect(sized([1, 3, 224, 320])).toMatchObject({
    io: { image: { size: { mode: 'fixed', width: 320, height: 224 } } },
    budget: { sizes: [[320, 224]] },
  });
  expect(sized([1, 3, 224, null]).io.image.size).toEqual({ mode: 'fixed', width: 224, height: 224 });
});
