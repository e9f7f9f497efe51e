import { expect, it } from 'vitest';
import { readParameters } from './read-parameters.ts';

it('reads a bare object of values', () => {
  const text = '{"strength":1.4,"ink":[0.1,0.2,0.6],"prompt":"fog","paused":true}';
  expect(readParameters(text)).toEqual({ values: JSON.parse(text) as unknown, problem: null });
});

it.each([
  [new ArrayBuffer(2), 'must be sent as text'],
  ['{', 'are no JSON'],
  ['[1]', 'are ignored'],
  ['"strength"', 'are ignored'],
  ['{"strength":null}', 'strength: '],
  ['{"nested":{"a":1}}', 'nested: '],
  [JSON.stringify({ ['x'.repeat(65)]: 1, fine: 1 }), 'xxx'],
])('S13: says why %j is not taken', (data, expected) => {
  const { values, problem } = readParameters(data);
  expect(values).toEqual({});
  expect(problem).toContain(expected);
});

it('takes what it knows the form of when another client sends more', () => {
  const { values, problem } = readParameters(
    '{"prompts":[{"text":"fog","weight":1}],"noise_scale":0.5,"paused":false}',
  );
  expect(values).toEqual({ noise_scale: 0.5, paused: false });
  expect(problem).toContain('prompts');
});
