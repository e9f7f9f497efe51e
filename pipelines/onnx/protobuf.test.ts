import { expect, it } from 'vitest';
import { ProtobufWriter } from './protobuf.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

it.each([
  ['a small number', 1, 150, '089601'],
  ['zero', 1, 0, '0800'],
  ['a negative number, as ten bytes of two’s complement', 1, -1, '08ffffffffffffffffff01'],
  ['the largest 64-bit number', 2, 2n ** 63n - 1n, '10ffffffffffffffff7f'],
  ['a field number above 15, whose tag takes two bytes', 20, 2, 'a00102'],
])('writes %s', (_, field, value, expected) => {
  expect(hex(new ProtobufWriter().integer(field, value).finish())).toBe(expected);
});

it('writes floats little-endian, strings as UTF-8 and messages with their length', () => {
  expect(hex(new ProtobufWriter().float(2, 1).finish())).toBe('150000803f');
  expect(hex(new ProtobufWriter().string(2, 'é').finish())).toBe('1202c3a9');
  expect(hex(new ProtobufWriter().message(3, (inner) => inner.integer(1, 150)).finish())).toBe('1a03089601');
});
