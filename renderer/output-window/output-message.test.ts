import { expect, it } from 'vitest';
import { outputWordIn } from './output-message.ts';

it('a word of the output window is told from every other message', () => {
  expect(outputWordIn({ outputWindow: 'here' })).toBe('here');
  expect(outputWordIn({ outputWindow: 'gone' })).toBe('gone');
  for (const other of [
    null,
    undefined,
    'here',
    5,
    {},
    { outputWindow: 'there' },
    { outputWindow: { here: 1 } },
  ])
    expect(outputWordIn(other)).toBeNull();
});
