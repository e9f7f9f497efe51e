/** A Picture Loss Indication (RFC 4585, 6.3.1): asks the sender of `mediaSsrc` for a key frame. */
export function pictureLoss(mediaSsrc: number, senderSsrc: number): Buffer {
  const packet = Buffer.alloc(12);
  packet[0] = 0x81;
  packet[1] = 206;
  packet.writeUInt16BE(2, 2);
  packet.writeUInt32BE(senderSsrc, 4);
  packet.writeUInt32BE(mediaSsrc, 8);
  return packet;
}
