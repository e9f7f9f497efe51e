import { createHmac, randomBytes } from 'node:crypto';

const attribute = (type: number, value: Buffer) => {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
};

/** A connectivity check as ICE makes it (RFC 8445, 7.2.2), signed with the given password. */
export function bindingRequest({ username, password }: { username: string; password: string }): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt16BE(0x0001, 0);
  header.writeUInt32BE(0x2112_a442, 4);
  randomBytes(12).copy(header, 8);
  const priority = Buffer.alloc(4);
  priority.writeUInt32BE(1);
  const attributes = Buffer.concat([
    attribute(0x0006, Buffer.from(username)),
    attribute(0x0024, priority),
    attribute(0x802a, randomBytes(8)),
  ]);
  header.writeUInt16BE(attributes.length + 24, 2);
  const signed = Buffer.concat([header, attributes]);
  return Buffer.concat([signed, attribute(0x0008, createHmac('sha1', password).update(signed).digest())]);
}

export function transactionOf(message: Buffer): string {
  return message.toString('hex', 8, 20);
}
