import { expect, it } from 'vitest';
import { CaptureChoice } from './capture-choice.ts';

it('S3: a chosen screen is captured once; asking again needs a new choice', () => {
  const choice = new CaptureChoice();
  expect(choice.take()).toBeNull();
  choice.choose('screen:1:0');
  expect(choice.take()).toBe('screen:1:0');
  expect(choice.take()).toBeNull();
});
