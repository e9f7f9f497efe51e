import { expect, it } from 'vitest';
import { type Picture, difference, openGraph, paint, texture } from '../fixtures/run-graph.ts';
import { echoTrails } from './echo-trails.ts';

interface State extends Record<string, Float32Array> {
  trail: Float32Array;
  usual: Float32Array;
}

const values = { decay: 0.9, tint: [0.2, 0.6, 1] };

function fresh({ width, height, data }: Picture): State {
  return { trail: new Float32Array(width * height), usual: data };
}

function reference(
  { width, height, data }: Picture,
  state: State,
): { out: number[]; trail: number[]; usual: number[] } {
  const n = width * height;
  const change = data.map((value, index) => value - state.usual[index]!);
  const present = Array.from({ length: n }, (_, at) => {
    const size = (Math.abs(change[at]!) + Math.abs(change[n + at]!) + Math.abs(change[2 * n + at]!)) / 3;
    return Math.min(1, Math.max(0, (size - 0.04) * 5));
  });
  const faded = Array.from(state.trail, (value) => value * values.decay);
  return {
    out: Array.from(data, (value, index) => {
      const cover = faded[index % n]! * (1 - present[index % n]!) * 0.85;
      return value + cover * (values.tint[Math.floor(index / n)]! - value);
    }),
    trail: faded.map((value, at) => Math.max(value, present[at]!)),
    usual: Array.from(state.usual, (value, index) => value + 0.08 * change[index]!),
  };
}

it('computes picture and state as a slow reference does, frame after frame', async () => {
  const graph = await openGraph(echoTrails);
  let state = fresh(texture(11, 7, 0));
  for (let frame = 0; frame < 4; frame++) {
    const picture = texture(11, 7, frame * 0.4);
    const result = await graph.run(picture, values, state);
    const expected = reference(picture, state);
    expect(difference(result['out']!, expected.out)).toBeLessThan(1e-5);
    expect(difference(result['s.trail.next']!, expected.trail)).toBeLessThan(1e-5);
    expect(difference(result['s.usual.next']!, expected.usual)).toBeLessThan(1e-5);
    state = { trail: result['s.trail.next']!, usual: result['s.usual.next']! };
  }
});

it('leaves a resting picture untouched', async () => {
  const graph = await openGraph(echoTrails);
  const picture = texture(8, 8, 1);
  const { out } = await graph.run(picture, values, fresh(picture));
  expect(difference(out!, picture.data)).toBe(0);
});

it('shows a trail where something was, and nothing over the thing itself', async () => {
  const graph = await openGraph(echoTrails);
  const scene = (at: number): Picture => paint(8, 1, (x) => (x === at ? 1 : 0));
  let state = fresh(paint(8, 1, () => 0));
  let out = new Float32Array();
  for (const at of [2, 4]) {
    const result = await graph.run(scene(at), values, state);
    out = Float32Array.from(result['out']!);
    state = { trail: result['s.trail.next']!, usual: result['s.usual.next']! };
  }
  const blue = out.subarray(16);
  expect(blue[2]).toBeGreaterThan(0.4);
  expect(blue[4]).toBe(1);
  expect(blue[6]).toBe(0);
});
