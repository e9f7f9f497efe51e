import { expect, it } from 'vitest';
import { frameGeometry } from './frame-geometry.ts';

const fixed = { mode: 'fixed', width: 512, height: 512 } as const;

it('leaves a frame as it is for a model that takes any size', () => {
  const { model, seen, result } = frameGeometry(641, 479, {
    size: { mode: 'any', multipleOf: 1 },
    fit: 'cover',
  });
  expect(model).toEqual({ width: 641, height: 479 });
  expect(seen).toEqual({ x: 0, y: 0, width: 641, height: 479 });
  expect(result).toEqual({ width: 641, height: 479 });
});

it('rounds down to a multiple and shrinks to a maximum, and gives the frame’s size back', () => {
  const size = { mode: 'any', multipleOf: 8, max: [1280, 720] } as const;
  const image = { size: { ...size, max: [1280, 720] as [number, number] }, fit: 'stretch' as const };
  expect(frameGeometry(645, 483, image)).toMatchObject({
    model: { width: 640, height: 480 },
    result: { width: 645, height: 483 },
  });
  expect(frameGeometry(3840, 2160, image).model).toEqual({ width: 1280, height: 720 });
  expect(frameGeometry(3, 3, image).model).toEqual({ width: 8, height: 8 });
});

it('stretch: the whole frame fills the model and comes back whole', () => {
  expect(frameGeometry(640, 480, { size: fixed, fit: 'stretch' })).toEqual({
    seen: { x: 0, y: 0, width: 640, height: 480 },
    model: { width: 512, height: 512 },
    content: { x: 0, y: 0, width: 512, height: 512 },
    result: { width: 640, height: 480 },
  });
});

it('contain: bars lie around the frame inside the model, and are left out of the result', () => {
  expect(frameGeometry(640, 480, { size: fixed, fit: 'contain' })).toMatchObject({
    content: { x: 0, y: 64, width: 512, height: 384 },
    result: { width: 640, height: 480 },
  });
});

it('cover: the middle of the frame fills the model, and only that comes back', () => {
  expect(frameGeometry(640, 480, { size: fixed, fit: 'cover' })).toMatchObject({
    seen: { x: 80, y: 0, width: 480, height: 480 },
    content: { x: 0, y: 0, width: 512, height: 512 },
    result: { width: 480, height: 480 },
  });
});
