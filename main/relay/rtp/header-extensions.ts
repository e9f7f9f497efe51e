import { extensionFlag, extensionStart } from './rtp-header.ts';

/** RFC 8285: profiles of the one-byte and the two-byte form; the latter's lower four bits are the application's. */
const oneByteProfile = 0xbede;
const twoByteProfile = 0x1000;
const largestOneByteId = 14;

/** Called with the id and where the value lies; the id may be changed by the returned number, 0 strips the element. */
export type ExtensionVisitor = (id: number, valueAt: number, length: number) => number;

/**
 * Visits each extension element of a plain packet in place. Elements that are stripped become padding, so that no
 * length changes. An id that does not fit the one-byte form is stripped as well.
 */
export function rewriteExtensions(packet: Buffer, headerEnd: number, visit: ExtensionVisitor): void {
  if (!(packet[0]! & extensionFlag)) return;
  const start = extensionStart(packet);
  const profile = packet.readUInt16BE(start);
  const twoByte = (profile & 0xfff0) === twoByteProfile;
  if (!twoByte && profile !== oneByteProfile) return;
  const prefix = twoByte ? 2 : 1;
  let at = start + 4;
  while (at < headerEnd) {
    const head = packet[at]!;
    if (head === 0) {
      at++;
      continue;
    }
    const id = twoByte ? head : head >> 4;
    if (!twoByte && id > largestOneByteId) return;
    const length = twoByte ? (packet[at + 1] ?? 0) : (head & 0x0f) + 1;
    const next = at + prefix + length;
    if (next > headerEnd) return;
    const target = visit(id, at + prefix, length);
    if (target === 0 || (!twoByte && target > largestOneByteId)) packet.fill(0, at, next);
    else packet[at] = twoByte ? target : (target << 4) | (head & 0x0f);
    at = next;
  }
}
