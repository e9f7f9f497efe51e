import { PNG } from 'pngjs';
import type { Picture } from './render.ts';

export function encodePng({ size, pixels }: Picture): Buffer {
  const png = new PNG({ width: size, height: size });
  png.data.set(pixels);
  return PNG.sync.write(png, { deflateLevel: 9 });
}

/** A Windows icon of PNG images, which every Windows since Vista reads. Sizes up to 256 pixels. */
export function encodeIco(pictures: readonly Picture[]): Buffer {
  const images = pictures.map((picture) => ({ size: picture.size, png: encodePng(picture) }));
  const header = Buffer.alloc(6 + 16 * images.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  images.forEach(({ size, png }, index) => {
    const entry = 6 + 16 * index;
    // 256 does not fit a byte and is written as 0.
    header.writeUInt8(size % 256, entry);
    header.writeUInt8(size % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(png.length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  });
  return Buffer.concat([header, ...images.map(({ png }) => png)]);
}

/** Apple's types of PNG entries, by their size in pixels; some sizes serve two densities. */
const icnsTypes: readonly [type: string, size: number][] = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
];

/** A macOS icon. @param draw Makes the picture of a size. */
export function encodeIcns(draw: (size: number) => Picture): Buffer {
  const entries = icnsTypes.map(([type, size]) => entry(type, encodePng(draw(size))));
  return entry('icns', Buffer.concat(entries));
}

function entry(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'ascii');
  head.writeUInt32BE(content.length + head.length, 4);
  return Buffer.concat([head, content]);
}
