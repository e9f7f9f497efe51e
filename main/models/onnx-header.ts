import type { FileHandle } from 'node:fs/promises';
import { fail, ok, type Result } from '../../shared/result.ts';

/** Fields of ModelProto, of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto. */
const field = { graph: 7, opsetImport: 8 } as const;
/** Protobuf's wire types. */
const wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** A key and a length, at most; and an `opset_import`, which holds a domain's name and a number. */
const windowBytes = 512;

/** Models have a dozen outermost fields, and some metadata; a file made of millions would keep us reading. */
const fieldsMax = 10_000;

const notOnnx = fail('it is no ONNX model, or it is damaged');

/**
 * Walks over the outermost fields of an .onnx file without reading what is in them, so that half a gigabyte costs
 * no more than a kilobyte.
 *
 * @returns The opset of the standard operators. What is no ONNX file, or ends too early, is told as such: a session
 *   that is given it says so less kindly.
 */
export async function readOpset(file: FileHandle, size: number): Promise<Result<number, string>> {
  let position = 0;
  let hasGraph = false;
  let opset: number | null = null;
  for (let fields = 0; position < size; fields += 1) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(windowBytes), 0, windowBytes, position);
    const view = buffer.subarray(0, bytesRead);
    const key = varint(view, 0);
    const length = key && lengthOf(view, key.value % 8, key.end);
    if (!key || !length || key.value < 8 || position + length.end > size || fields === fieldsMax)
      return notOnnx;
    if (key.value === field.graph * 8 + wire.bytes && length.value > 0) hasGraph = true;
    if (key.value === field.opsetImport * 8 + wire.bytes && length.end <= view.length)
      opset = standardOpset(view.subarray(length.end - length.value, length.end)) ?? opset;
    position += length.end;
  }
  return hasGraph && opset !== null ? ok(opset) : notOnnx;
}

/** An `OperatorSetIdProto`: a domain (1) and a version (2). Null when the domain is not the standard one. */
function standardOpset(view: Buffer): number | null {
  let position = 0;
  let version: number | null = null;
  let domain = '';
  while (position < view.length) {
    const key = varint(view, position);
    const length = key && lengthOf(view, key.value % 8, key.end);
    if (!key || !length) return null;
    if (key.value === 2 * 8 + wire.varint) version = varint(view, key.end)?.value ?? null;
    if (key.value === 8 + wire.bytes) domain = view.toString('utf8', length.end - length.value, length.end);
    position = length.end;
  }
  return domain === '' || domain === 'ai.onnx' ? version : null;
}

/** @returns Bytes of a field's content (of a number, the number), and where the field ends; null for what no ONNX file has. */
function lengthOf(view: Buffer, type: number, start: number): { value: number; end: number } | null {
  switch (type) {
    case wire.varint:
      return varint(view, start);
    case wire.fixed64:
      return { value: 8, end: start + 8 };
    case wire.fixed32:
      return { value: 4, end: start + 4 };
    case wire.bytes: {
      const length = varint(view, start);
      return length && { value: length.value, end: length.end + length.value };
    }
    default:
      return null;
  }
}

/** @returns Null when the bytes end within it. Negative numbers take ten bytes and come out large. */
function varint(view: Buffer, start: number): { value: number; end: number } | null {
  let value = 0;
  for (let index = 0; index < 10; index += 1) {
    const byte = view[start + index];
    if (byte === undefined) return null;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, end: start + index + 1 };
  }
  return null;
}
