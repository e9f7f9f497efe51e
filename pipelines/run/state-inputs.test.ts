import { Tensor } from 'onnxruntime-common';
import { expect, it } from 'vitest';
import type { ManifestState } from '../manifest.ts';
import { StateInputs } from './state-inputs.ts';

const sized: ManifestState = {
  input: 's.a',
  output: 's.a.next',
  dims: [1, 3, 'h', 'w'],
  init: 'image',
  reset: ['switch'],
};
const fixed: ManifestState = { input: 's.b', output: 's.b.next', dims: [4], init: 'zero', reset: ['switch'] };

const image = (width: number, height: number, value: number): Tensor =>
  new Tensor('float32', new Float32Array(3 * width * height).fill(value), [1, 3, height, width]);
const four = (value: number): Tensor => new Tensor('float32', new Float32Array(4).fill(value), [4]);

it('starts as declared: zero, or a copy of the first image', () => {
  const states = new StateInputs([sized, fixed]);
  const first = image(2, 1, 0.5);
  const feeds = states.feeds(first, 2, 1);
  (first.data as Float32Array).fill(9);
  expect([...(feeds['s.a']!.data as Float32Array)]).toEqual([0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);
  expect([...(feeds['s.b']!.data as Float32Array)]).toEqual([0, 0, 0, 0]);
});

it('feeds back what the last run gave', () => {
  const states = new StateInputs([sized, fixed]);
  states.feeds(image(2, 1, 0.5), 2, 1);
  const next = { 's.a.next': image(2, 1, 0.1), 's.b.next': four(3) };
  states.keep(next);
  const feeds = states.feeds(image(2, 1, 0.7), 2, 1);
  expect(feeds['s.a']).toBe(next['s.a.next']);
  expect(feeds['s.b']).toBe(next['s.b.next']);
});

it('starts anew on a resize what depends on the size or asks for it, and keeps the rest', () => {
  const asking: ManifestState = { ...fixed, input: 's.c', output: 's.c.next', reset: ['switch', 'resize'] };
  const states = new StateInputs([sized, fixed, asking]);
  states.feeds(image(2, 1, 0.5), 2, 1);
  states.keep({ 's.a.next': image(2, 1, 0.1), 's.b.next': four(3), 's.c.next': four(5) });
  const feeds = states.feeds(image(3, 3, 0.7), 3, 3);
  expect(feeds['s.a']!.dims).toEqual([1, 3, 3, 3]);
  expect((feeds['s.b']!.data as Float32Array)[0]).toBe(3);
  expect((feeds['s.c']!.data as Float32Array)[0]).toBe(0);
});
