import { crc32 } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Length and type stand before a chunk's data, its checksum behind it (W3C PNG, third edition, 5.3). */
const headBytes = 8;
const checkBytes = 4;
/** IHDR, which comes first and is always as long as this. */
const firstChunkEnd = signature.length + headBytes + 13 + checkBytes;

/** A keyword: 1 to 79 printable Latin characters (11.3.3.1). */
const keywordForm = /^[\x21-\x7e](?:[\x20-\x7e]{0,77}[\x21-\x7e])?$/;

/**
 * Puts texts into a PNG, behind its header, as uncompressed international text (iTXt).
 *
 * @param texts By keyword. `\0` in a text cannot be stored and is left out.
 * @throws {RangeError} When it is no PNG, or a keyword has no proper form.
 */
export function withTexts(png: Uint8Array, texts: Readonly<Record<string, string>>): Buffer {
  const whole = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  const isPng = whole.subarray(0, signature.length).equals(signature);
  if (!isPng || whole.toString('latin1', 12, 16) !== 'IHDR' || whole.length <= firstChunkEnd)
    throw new RangeError('This is no PNG.');
  const chunks = Object.entries(texts).map(([keyword, text]) => textChunk(keyword, text));
  return Buffer.concat([whole.subarray(0, firstChunkEnd), ...chunks, whole.subarray(firstChunkEnd)]);
}

function textChunk(keyword: string, text: string): Buffer {
  if (!keywordForm.test(keyword)) throw new RangeError(`Not a keyword: ${keyword}`);
  // Behind the keyword: not compressed, by no method, in no language, with no translated keyword.
  const data = Buffer.from(`${keyword}\0\0\0\0\0${text.replaceAll('\0', '')}`, 'utf8');
  const chunk = Buffer.alloc(headBytes + data.length + checkBytes);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write('iTXt', 4, 'latin1');
  chunk.set(data, headBytes);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, headBytes + data.length)), headBytes + data.length);
  return chunk;
}
