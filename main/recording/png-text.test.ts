import { deflateSync, crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { withTexts } from './png-text.ts';

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

const signature = Buffer.from('89504e470d0a1a0a', 'hex');
const header = chunk('IHDR', Buffer.from('00000001000000010802000000', 'hex'));
const pixel = chunk('IDAT', deflateSync(Buffer.from([0, 1, 2, 3])));
const png = Buffer.concat([signature, header, pixel, chunk('IEND', Buffer.alloc(0))]);

/** Every chunk, with its checksum checked. */
function chunksOf(file: Buffer): { type: string; data: Buffer }[] {
  const chunks = [];
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    const body = file.subarray(at + 4, at + 8 + length);
    expect(file.readUInt32BE(at + 8 + length)).toBe(crc32(body));
    chunks.push({ type: body.toString('latin1', 0, 4), data: body.subarray(4) });
    at += length + 12;
  }
  return chunks;
}

describe('texts in a PNG', () => {
  it('lie behind the header as iTXt chunks with a right checksum, and the picture stays as it was', () => {
    const file = withTexts(png, { Software: 'Linkspan', 'linkspan:source': '{"name":"Kamera äöü 📷"}' });
    const chunks = chunksOf(file);
    expect(chunks.map(({ type }) => type)).toEqual(['IHDR', 'iTXt', 'iTXt', 'IDAT', 'IEND']);
    expect(chunks[1]!.data.toString('utf8')).toBe('Software\0\0\0\0\0Linkspan');
    expect(chunks[2]!.data.toString('utf8')).toBe('linkspan:source\0\0\0\0\0{"name":"Kamera äöü 📷"}');
    expect(file.subarray(0, 33)).toEqual(png.subarray(0, 33));
    expect(file.subarray(-pixel.length - 12)).toEqual(png.subarray(-pixel.length - 12));
  });

  it('are nothing at all when there are none', () => {
    expect(withTexts(png, {})).toEqual(png);
  });

  it('cannot end early: a NUL is left out', () => {
    const [, text] = chunksOf(withTexts(png, { Title: 'a\0b' }));
    expect(text!.data.toString('utf8')).toBe('Title\0\0\0\0\0ab');
  });

  it.each(['', ' a', 'a ', 'ä', 'a\0b', 'a'.repeat(80)])('refuse the keyword %j', (keyword) => {
    expect(() => withTexts(png, { [keyword]: 'x' })).toThrow(RangeError);
  });

  it.each([Buffer.alloc(0), Buffer.from('GIF89a'), signature, png.subarray(0, 33), Buffer.alloc(64)])(
    'refuse what is no PNG (%#)',
    (bytes) => {
      expect(() => withTexts(bytes, { Title: 'x' })).toThrow(RangeError);
    },
  );
});
