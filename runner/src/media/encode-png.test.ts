import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { encodePng } from './encode-png.ts';

it('writes a file that another decoder reads back pixel by pixel', () => {
  const rgba = Uint8Array.from({ length: 3 * 2 * 4 }, (_, index) => (index * 37) % 256);
  const read = PNG.sync.read(encodePng(3, 2, rgba));
  expect([read.width, read.height]).toEqual([3, 2]);
  expect([...read.data]).toEqual([...rgba]);
});
