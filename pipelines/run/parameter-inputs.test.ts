import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ManifestParameter } from '../manifest-parameter.ts';
import { parameterValue } from '../../shared/wire/parameters.ts';
import * as v from 'valibot';
import { ParameterInputs } from './parameter-inputs.ts';

const base = (name: string): { name: string; input: string; label: string } => ({
  name,
  input: `p.${name}`,
  label: name,
});

const params: ManifestParameter[] = [
  { ...base('level'), kind: 'range', min: -1, max: 2, step: 0.1, default: 0.5 },
  { ...base('mode'), kind: 'enum', options: ['a', 'b', 'c'], default: 1 },
  { ...base('flip'), kind: 'toggle', default: 0 },
  { ...base('seed'), kind: 'seed', default: 7 },
  { ...base('ink'), kind: 'color', default: [0, 0.5, 1] },
  { ...base('prompt'), kind: 'text', default: 'a cat', maxLength: 8 },
  { ...base('clock'), kind: 'time' },
];

function open(
  values = {},
  list = params,
): { inputs: ParameterInputs; log: string[]; read: (name: string) => unknown[] } {
  const log: string[] = [];
  const inputs = new ParameterInputs(list, values, 1000, (line) => log.push(line));
  return {
    inputs,
    log,
    read: (name) => [...(inputs.feeds[`p.${name}`]!.data as Iterable<unknown>)],
  };
}

it('starts with the defaults, in one tensor per input', () => {
  const { inputs, read } = open();
  expect(Object.keys(inputs.feeds)).toEqual(params.map(({ input }) => input));
  expect(params.map(({ name }) => read(name))).toEqual([[0.5], [1], [0], [7], [0, 0.5, 1], ['a cat'], [0]]);
  expect(inputs.feeds['p.ink']!.dims).toEqual([3]);
  expect(inputs.feeds['p.prompt']!.type).toBe('string');
});

describe('brings a value into range', () => {
  it.each([
    ['level', 5, [2]],
    ['level', -5, [-1]],
    ['mode', 1.6, [2]],
    ['mode', 17, [2]],
    ['mode', -1, [0]],
    ['flip', true, [1]],
    ['flip', 0.9, [1]],
    ['seed', -4, [0]],
    ['seed', 1e12, [2 ** 24 - 1]],
    ['ink', [-1, 0.25, 9], [0, 0.25, 1]],
    ['prompt', 'a very long one', ['a very l']],
  ])('%s = %j', (name, value, expected) => {
    const { inputs, read } = open();
    inputs.set({ [name]: value });
    inputs.advance(1001);
    expect(read(name)).toEqual(expected);
  });
});

it('ignores a wrong type with one log line per parameter, and unknown names silently', () => {
  const { inputs, log, read } = open();
  for (let time = 0; time < 30; time++) inputs.set({ level: 'loud', ink: [1, 2], unknown: 3, toString: 4 });
  inputs.advance(1001);
  expect(read('level')).toEqual([0.5]);
  expect(read('ink')).toEqual([0, 0.5, 1]);
  expect(log).toEqual([
    'Ignored a parameter: "level" takes a number, not "loud"',
    'Ignored a parameter: "ink" takes three numbers from 0 to 1, not [1,2]',
  ]);
});

it('takes the start values it is given, in range too, without a glide', () => {
  const smooth: ManifestParameter[] = [
    { ...base('level'), kind: 'range', min: 0, max: 1, step: 0.1, default: 0, smoothMs: 500 },
  ];
  expect(open({ level: 9 }, smooth).read('level')).toEqual([1]);
});

it('honours smoothMs: 95 % of a change after that time, all of it later, whatever the frame rate', () => {
  const smooth: ManifestParameter[] = [
    { ...base('level'), kind: 'range', min: 0, max: 1, step: 0.1, default: 0, smoothMs: 100 },
  ];
  for (const frameMs of [5, 20, 100]) {
    const { inputs, read } = open({}, smooth);
    inputs.set({ level: 1 });
    for (let at = frameMs; at <= 100; at += frameMs) inputs.advance(1000 + at);
    expect(read('level')[0]).toBeCloseTo(0.95, 2);
    inputs.advance(2000);
    expect(read('level')).toEqual([1]);
  }
});

it('counts the seconds since the load for parameters of kind time, and lets nobody set them', () => {
  const { inputs, read } = open();
  inputs.set({ clock: 99 });
  inputs.advance(3500);
  expect(read('clock')).toEqual([2.5]);
});

it('writes into the same tensors for good: a session fed with them needs no rebuild', () => {
  const { inputs } = open();
  const before = { ...inputs.feeds };
  inputs.set({ level: 1, mode: 0, ink: [1, 1, 1], prompt: 'dog' });
  inputs.advance(1100);
  for (const [name, tensor] of Object.entries(inputs.feeds)) expect(tensor).toBe(before[name]);
});

it('stays in range and finite for whatever may arrive by the wire', () => {
  const value = fc.oneof(fc.double(), fc.string(), fc.boolean(), fc.array(fc.double(), { maxLength: 4 }));
  const names = fc.constantFrom(...params.map(({ name }) => name));
  fc.assert(
    fc.property(fc.array(fc.dictionary(names, value), { maxLength: 5 }), (messages) => {
      const { inputs, read } = open();
      for (const message of messages) {
        inputs.set(
          Object.fromEntries(Object.entries(message).filter(([, entry]) => v.is(parameterValue, entry))),
        );
      }
      inputs.advance(1010);
      const [level] = read('level') as number[];
      return level! >= -1 && level! <= 2 && [0, 1, 2].includes(read('mode')[0] as number);
    }),
  );
});
