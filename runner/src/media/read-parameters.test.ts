import { expect, it } from 'vitest';
import { readParameters } from './read-parameters.ts';

it('reads a bare object of values', () => {
  const text = '{"strength":1.4,"ink":[0.1,0.2,0.6],"prompt":"fog","paused":true}';
  expect(readParameters(text)).toEqual({ ok: true, value: JSON.parse(text) as unknown });
});

it.each([
  [new ArrayBuffer(2), 'must be sent as text'],
  ['{', 'are no JSON'],
  ['[1]', 'are ignored'],
  ['{"strength":null}', 'strength: '],
  ['{"nested":{"a":1}}', 'nested: '],
])('S13: says why %j is not taken', (data, expected) => {
  const read = readParameters(data);
  expect(read.ok ? '' : read.problem).toContain(expected);
});
