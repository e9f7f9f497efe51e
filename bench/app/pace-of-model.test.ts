import { expect, it } from 'vitest';
import { qualityWords } from '../../renderer/components/bridge/quality-words.ts';
import { paceIn } from './pace-of-model.ts';

const asked = { width: 512, height: 512 };
const paceOf = (quality: Partial<Parameters<typeof qualityWords>[0]>) =>
  paceIn(qualityWords({ size: asked, everySecond: false, tooHeavy: false, ...quality }, asked) ?? '', asked);

it('reads the size that the model sees from the words of the window', () => {
  const size = { width: 384, height: 288 };
  expect(paceOf({})).toEqual({ text: '512×512', isFull: true });
  expect(paceOf({ size })).toEqual({ text: '384×288', isFull: false });
  expect(paceOf({ everySecond: true })).toEqual({ text: '512×512, every second frame', isFull: false });
  expect(paceOf({ size, everySecond: true })).toEqual({ text: '384×288, every second frame', isFull: false });
  expect(paceOf({ tooHeavy: true })).toEqual({ text: 'too heavy', isFull: false });
});
