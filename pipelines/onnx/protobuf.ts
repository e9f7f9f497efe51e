/**
 * The part of protobuf's wire format that ONNX files need: varints, little-endian floats and length-delimited
 * fields, written in the order of the calls. No maps and no packing, so equal calls give equal bytes.
 * https://protobuf.dev/programming-guides/encoding/
 */
const wireType = { varint: 0, lengthDelimited: 2, fixed32: 5 } as const;

const text = new TextEncoder();

export class ProtobufWriter {
  #bytes: number[] = [];

  /** A signed 64-bit integer (int32, int64 and enum fields); negative values take ten bytes. */
  integer(field: number, value: number | bigint): this {
    this.#tag(field, wireType.varint);
    this.#varint(BigInt.asUintN(64, BigInt(value)));
    return this;
  }

  /** A 32-bit float. */
  float(field: number, value: number): this {
    this.#tag(field, wireType.fixed32);
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    this.#append(bytes);
    return this;
  }

  /** A string field, as UTF-8. */
  string(field: number, value: string): this {
    return this.bytes(field, text.encode(value));
  }

  bytes(field: number, value: Uint8Array): this {
    this.#tag(field, wireType.lengthDelimited);
    this.#varint(BigInt(value.length));
    this.#append(value);
    return this;
  }

  /** An embedded message, filled by `write`. */
  message(field: number, write: (writer: ProtobufWriter) => void): this {
    const inner = new ProtobufWriter();
    write(inner);
    return this.bytes(field, inner.finish());
  }

  finish(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }

  #tag(field: number, type: number): void {
    this.#varint(BigInt((field << 3) | type));
  }

  #varint(value: bigint): void {
    let rest = value;
    while (rest > 0x7fn) {
      this.#bytes.push(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    this.#bytes.push(Number(rest));
  }

  /** Byte by byte: spreading a large tensor into `push` would overflow the stack. */
  #append(bytes: Uint8Array): void {
    for (const byte of bytes) this.#bytes.push(byte);
  }
}
