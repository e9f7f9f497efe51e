import { describe, expect, it } from 'vitest';
import type { ModelShape } from '../engine/trial.ts';
import { inferModel } from './infer-model.ts';
import { shape, tensor } from './fixtures/shapes.ts';

function inferred(model: ModelShape) {
  const result = inferModel(model);
  if (!result.ok) throw new Error(result.problem);
  return result.value;
}

function refusal(model: ModelShape): string {
  const result = inferModel(model);
  if (result.ok) throw new Error('it was taken');
  return result.problem;
}

const pair = (dims: (number | null)[], type?: string): ModelShape => ({
  inputs: [tensor('in', dims, type)],
  outputs: [tensor('out', dims, type)],
});

describe('what is inferred from a file', () => {
  it.each([
    { dims: [1, 3, null, null], layout: 'NCHW', channels: 3, width: null, height: null },
    { dims: [null, 3, 224, 320], layout: 'NCHW', channels: 3, width: 320, height: 224 },
    { dims: [1, 224, 320, 3], layout: 'NHWC', channels: 3, width: 320, height: 224 },
    { dims: [1, null, null, 4], layout: 'NHWC', channels: 4, width: null, height: null },
    { dims: [1, 1, 64, 64], layout: 'NCHW', channels: 1, width: 64, height: 64 },
  ])('$dims is $layout with $channels channels', ({ dims, ...expected }) => {
    expect(inferred(pair(dims)).image).toMatchObject(expected);
  });

  it('numbers and colours become parameters, with names and labels of their own', () => {
    const { parameters } = inferred(
      shape([
        tensor('p.Edge-Strength', [1]),
        tensor('p.tint', [3]),
        tensor('edge strength', [1]),
        tensor('42', [1]),
      ]),
    );
    expect(parameters).toEqual([
      {
        kind: 'range',
        name: 'edge_strength',
        input: 'p.Edge-Strength',
        label: 'Edge strength',
        min: 0,
        max: 1,
        default: 0.5,
      },
      { kind: 'color', name: 'tint', input: 'p.tint', label: 'Tint' },
      {
        kind: 'range',
        name: 'edge_strength_2',
        input: 'edge strength',
        label: 'Edge strength 2',
        min: 0,
        max: 1,
        default: 0.5,
      },
      { kind: 'range', name: 'value', input: '42', label: 'Value', min: 0, max: 1, default: 0.5 },
    ]);
  });

  it('what comes back as “.next” is a memory, whatever its shape', () => {
    const { state, parameters } = inferred(
      shape(
        [tensor('s.trail', [1, 3, null, null]), tensor('s.count', [1])],
        [tensor('s.trail.next', [1, 3, null, null]), tensor('s.count.next', [1])],
      ),
    );
    expect(parameters).toEqual([]);
    expect(state).toEqual([
      {
        input: 's.trail',
        output: 's.trail.next',
        dims: [1, 3, 'h', 'w'],
        init: 'zero',
        reset: ['switch', 'resize'],
      },
      { input: 's.count', output: 's.count.next', dims: [1], init: 'zero', reset: ['switch', 'resize'] },
    ]);
  });

  it('without such names the one output of the same shape is the memory', () => {
    const { state, outputs } = inferred(shape([tensor('h0', [1, 64])], [tensor('h1', [1, 64])]));
    expect(state).toMatchObject([{ input: 'h0', output: 'h1', dims: [1, 64] }]);
    expect(outputs.map(({ name }) => name)).toEqual(['out']);
  });

  it('the output with the colours that went in is the likeliest, the others can be chosen', () => {
    const { outputs } = inferred({
      inputs: [tensor('image', [1, 3, null, null])],
      outputs: [
        tensor('mask', [1, 1, null, null]),
        tensor('score', [1, 10]),
        tensor('picture', [1, 3, null, null]),
      ],
    });
    expect(outputs.map(({ name }) => name)).toEqual(['picture', 'mask']);
  });
});

describe('what is refused, in words that say what to do', () => {
  it.each([
    {
      what: 'the wrong rank',
      model: pair([1, 784]),
      says: '“in” is [1, 784], which is no picture: that has four dimensions, [1, 3, height, width].',
    },
    {
      what: 'the wrong type',
      model: pair([1, 3, 64, 64], 'float16'),
      says: '“in” is of type float16. Linkspan works with float32 and uint8; export the model with one of these.',
    },
    { what: 'integers', model: pair([1, 3, 64, 64], 'int64'), says: 'int64' },
    {
      what: 'a batch',
      model: pair([8, 3, 64, 64]),
      says: '“in” takes 8 pictures at once. Export the model with a batch size of 1.',
    },
    { what: 'too many channels', model: pair([1, 12, 64, 64]), says: '1, 3 or 4 channels' },
    {
      what: 'channels that nobody knows',
      model: pair([null, null, null, null]),
      says: 'does not say which are its channels',
    },
    { what: 'no input', model: { inputs: [], outputs: [] }, says: 'It takes no picture.' },
    {
      what: 'a second picture',
      model: shape([tensor('style', [1, 3, null, null])]),
      says: 'It takes 2 pictures (“image”, “style”)',
    },
    {
      what: 'an input that nothing can be given to',
      model: shape([tensor('text', [1, 77], 'int64')]),
      says: 'It also takes “text”, int64 [1, 77]',
    },
    {
      what: 'a number of the wrong type',
      model: shape([tensor('steps', [1], 'int64')]),
      says: 'It also takes “steps”',
    },
    {
      what: 'two memories that cannot be told apart',
      model: shape([tensor('a', [1, 8]), tensor('b', [1, 8])], [tensor('c', [1, 8]), tensor('d', [1, 8])]),
      says: 'It also takes “a”',
    },
    {
      what: 'a memory of no known size',
      model: shape([tensor('s.x', [1, null])], [tensor('s.x.next', [1, null])]),
      says: 'says too little',
    },
    {
      what: 'no picture back',
      model: { inputs: [tensor('image', [1, 3, null, null])], outputs: [tensor('logits', [1, 1000])] },
      says: 'It gives no picture back, only “logits” [1, 1000].',
    },
    {
      what: 'a larger picture back',
      model: { inputs: [tensor('image', [1, 3, 64, 64])], outputs: [tensor('out', [1, 3, 256, 256])] },
      says: 'It gives 256 × 256 for 64 × 64.',
    },
  ])('$what', ({ model, says }) => {
    expect(refusal(model)).toContain(says);
  });
});
