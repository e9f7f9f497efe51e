import { expect, it } from 'vitest';
import { qualityWords } from './quality-words.ts';

const source = { width: 512, height: 512 };
const full = { size: source, everySecond: false, tooHeavy: false };

it('says nothing while nothing is given up', () => {
  expect(qualityWords(full, source)).toBeNull();
});

it('says what is given up: size, every second frame, both', () => {
  const size = { width: 384, height: 384 };
  expect(qualityWords({ ...full, size }, source)).toBe(
    'To keep up, this computer runs the model at 384\u00A0×\u00A0384.',
  );
  expect(qualityWords({ ...full, everySecond: true }, source)).toContain('for every second frame');
  expect(qualityWords({ ...full, size, everySecond: true }, source)).toContain(
    'at 384\u00A0×\u00A0384 and for every second frame',
  );
});

it('says that a model is too heavy once that is not enough', () => {
  expect(qualityWords({ ...full, everySecond: true, tooHeavy: true }, source)).toContain('too heavy');
});
