import { createCodec } from './codec.ts';

export const nodeCodec = createCodec({
  encode: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  decode: (text) => new Uint8Array(Buffer.from(text, 'base64')),
});

/** @throws {Error} With `message` for what structured cloning rejects, as real Electron throws it. */
export function cloneOrThrow<Value>(value: Value, message: string): Value {
  try {
    return structuredClone(value);
  } catch {
    throw new Error(message);
  }
}
