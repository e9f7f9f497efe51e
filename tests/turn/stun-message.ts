import { createHash, createHmac } from 'node:crypto';

/** STUN as a server needs it (RFC 8489), written apart from the client's so that the two can disagree. */
const methods = {
  binding: 0x001,
  allocate: 0x003,
  refresh: 0x004,
  send: 0x006,
  data: 0x007,
  createPermission: 0x008,
  channelBind: 0x009,
} as const;
export type Method = keyof typeof methods;

export const attributes = {
  username: 0x0006,
  integrity: 0x0008,
  error: 0x0009,
  channel: 0x000c,
  lifetime: 0x000d,
  peer: 0x0012,
  data: 0x0013,
  realm: 0x0014,
  nonce: 0x0015,
  relayed: 0x0016,
  requestedTransport: 0x0019,
  mapped: 0x0020,
} as const;
type Attribute = keyof typeof attributes;

const classBits = { request: 0x000, indication: 0x010, success: 0x100, error: 0x110 } as const;
type Class = keyof typeof classBits;

const cookie = 0x2112_a442;
const headerLength = 20;
const integrityLength = 24;

export interface Address {
  address: string;
  port: number;
}

export interface StunMessage {
  method: Method;
  class: Class;
  transaction: Buffer;
  attributes: ReadonlyMap<number, Buffer>;
  /** What the integrity attribute covers, header length adjusted; null without one. */
  signed: { covered: Buffer; digest: Buffer } | null;
}

/** @returns Null for what is no STUN message with a method that is known here. */
export function decode(packet: Buffer): StunMessage | null {
  if (packet.length < headerLength || packet[0]! >> 6 !== 0 || packet.readUInt32BE(4) !== cookie) return null;
  const type = packet.readUInt16BE(0);
  const method = (Object.keys(methods) as Method[]).find((name) => methods[name] === (type & 0x3eef));
  const kind = (Object.keys(classBits) as Class[]).find((name) => classBits[name] === (type & 0x0110));
  if (!method || !kind) return null;
  const found = new Map<number, Buffer>();
  let signed: StunMessage['signed'] = null;
  let at = headerLength;
  while (at + 4 <= packet.length) {
    const name = packet.readUInt16BE(at);
    const length = packet.readUInt16BE(at + 2);
    const value = packet.subarray(at + 4, at + 4 + length);
    if (name === attributes.integrity && !signed) {
      const covered = Buffer.from(packet.subarray(0, at));
      covered.writeUInt16BE(at - headerLength + integrityLength, 2);
      signed = { covered, digest: value };
    }
    // RFC 8489, 14.5: what follows the integrity is ignored.
    if (!signed) found.set(name, value);
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return { method, class: kind, transaction: packet.subarray(8, 20), attributes: found, signed };
}

/** @param key Signs the message; null leaves it unsigned. */
export function encode(
  { method, transaction }: Pick<StunMessage, 'method' | 'transaction'>,
  kind: Class,
  values: Partial<Record<Attribute, Buffer>>,
  key: Buffer | null = null,
): Buffer {
  const parts = (Object.keys(values) as Attribute[]).map((name) => element(attributes[name], values[name]!));
  const header = Buffer.alloc(headerLength);
  header.writeUInt16BE(methods[method] | classBits[kind], 0);
  header.writeUInt32BE(cookie, 4);
  transaction.copy(header, 8);
  const body = Buffer.concat(parts);
  header.writeUInt16BE(body.length + (key ? integrityLength : 0), 2);
  const message = Buffer.concat([header, body]);
  if (!key) return message;
  return Buffer.concat([
    message,
    element(attributes.integrity, createHmac('sha1', key).update(message).digest()),
  ]);
}

function element(name: number, value: Buffer): Buffer {
  const padded = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  padded.writeUInt16BE(name, 0);
  padded.writeUInt16BE(value.length, 2);
  value.copy(padded, 4);
  return padded;
}

export function isSignedWith({ signed }: StunMessage, key: Buffer): boolean {
  return signed !== null && createHmac('sha1', key).update(signed.covered).digest().equals(signed.digest);
}

/** RFC 8489, 9.2.2. */
export function longTermKey(username: string, realm: string, password: string): Buffer {
  return createHash('md5').update(`${username}:${realm}:${password}`).digest();
}

/** IPv4 only, XORed with the cookie. */
export function packAddress({ address, port }: Address): Buffer {
  const packed = Buffer.from([0, 1, 0, 0, ...address.split('.').map(Number)]);
  packed.writeUInt16BE(port ^ (cookie >>> 16), 2);
  packed.writeUInt32BE((packed.readUInt32BE(4) ^ cookie) >>> 0, 4);
  return packed;
}

export function unpackAddress(packed: Buffer): Address {
  const plain = Buffer.alloc(4);
  plain.writeUInt32BE((packed.readUInt32BE(4) ^ cookie) >>> 0, 0);
  return { address: plain.join('.'), port: packed.readUInt16BE(2) ^ (cookie >>> 16) };
}

export function unsigned32(value: number): Buffer {
  const packed = Buffer.alloc(4);
  packed.writeUInt32BE(value);
  return packed;
}
