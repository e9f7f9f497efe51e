import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { RtpHeader, SrtcpSession, SrtpSession } from 'werift';
import { describe, expect, it } from 'vitest';
import { limits } from '../defaults.ts';
import { saltLength, type SrtpProfile } from './profile.ts';
import { SrtpContext } from './srtp-context.ts';

interface PacketOptions {
  sequence: number;
  ssrc?: number;
  payload?: Buffer;
}

function rtp(context: SrtpContext, { sequence, ssrc = 77, payload = Buffer.from('picture') }: PacketOptions) {
  const header = Buffer.alloc(12);
  header[0] = 0x80;
  header[1] = 96;
  header.writeUInt16BE(sequence & 0xffff, 2);
  header.writeUInt32BE(ssrc, 8);
  return Buffer.concat([header, payload, Buffer.alloc(context.tagLength)]);
}

function pair(profile: SrtpProfile) {
  const key = randomBytes(16);
  const salt = randomBytes(saltLength(profile));
  return {
    key,
    salt,
    sender: new SrtpContext(profile, key, salt),
    receiver: new SrtpContext(profile, key, salt),
  };
}

describe.each([
  ['AES-CM', 1 as const],
  ['AES-GCM', 7 as const],
])('SRTP context, %s', (_, profile) => {
  it('speaks with the SRTP of werift in both directions', () => {
    const { key, salt, sender, receiver } = pair(profile);
    const keys = { localMasterKey: key, localMasterSalt: salt, remoteMasterKey: key, remoteMasterSalt: salt };
    const theirs = new SrtpSession({ profile, keys });
    for (let sequence = 65_530; sequence < 65_550; sequence++) {
      const payload = randomBytes(1000);
      const header = new RtpHeader({
        payloadType: 96,
        sequenceNumber: sequence & 0xffff,
        ssrc: 0xdead_beef,
        extension: true,
        extensionProfile: 0xbede,
        extensions: [{ id: 3, payload: Buffer.from([1, 2]) }],
      });
      const fromThem = Buffer.from(theirs.encrypt(payload, header));
      expect(receiver.unprotectRtp(fromThem)).toBe(true);
      expect(fromThem.subarray(-1000 - receiver.tagLength, -receiver.tagLength)).toEqual(payload);

      const plain = Buffer.concat([header.serialize(header.serializeSize), payload]);
      const ours = Buffer.concat([plain, Buffer.alloc(sender.tagLength)]);
      expect(sender.protectRtp(ours)).toBe(true);
      expect(theirs.decrypt(ours)).toEqual(plain);
    }
  });

  it('speaks with the SRTCP of werift in both directions', () => {
    const { key, salt, sender, receiver } = pair(profile);
    const keys = { localMasterKey: key, localMasterSalt: salt, remoteMasterKey: key, remoteMasterSalt: salt };
    const theirs = new SrtcpSession({ profile, keys });
    const report = Buffer.from(`80c900010000000181c9000700000001${'00'.repeat(24)}`, 'hex');
    for (let i = 0; i < 5; i++) {
      expect(receiver.unprotectRtcp(Buffer.from(theirs.encrypt(report)))).toEqual(report);
      expect(theirs.decrypt(sender.protectRtcp(report))).toEqual(report);
    }
  });

  it('refuses a packet that comes again', () => {
    const { sender, receiver } = pair(profile);
    const packet = rtp(sender, { sequence: 5 });
    sender.protectRtp(packet);
    const again = Buffer.from(packet);
    expect(receiver.unprotectRtp(packet)).toBe(true);
    expect(receiver.unprotectRtp(again)).toBe(false);

    const report = sender.protectRtcp(Buffer.alloc(8, 0x80));
    expect(receiver.unprotectRtcp(Buffer.from(report))).not.toBeNull();
    expect(receiver.unprotectRtcp(Buffer.from(report))).toBeNull();
  });

  it('learns nothing from a packet that is not authentic', () => {
    const { sender, receiver } = pair(profile);
    const first = rtp(sender, { sequence: 100 });
    sender.protectRtp(first);
    receiver.unprotectRtp(first);
    // Far ahead: were it believed, the next honest packets would be guessed a rollover off.
    for (let i = 0; i < 5; i++) {
      expect(
        receiver.unprotectRtp(rtp(receiver, { sequence: 100 + i * 30_000, payload: randomBytes(20) })),
      ).toBe(false);
    }
    const next = rtp(sender, { sequence: 101 });
    sender.protectRtp(next);
    expect(receiver.unprotectRtp(next)).toBe(true);
  });

  it('forgets no stream and takes no more than the limit', () => {
    const { sender, receiver } = pair(profile);
    const outcome = Array.from({ length: limits.streamsPerContext + 1 }, (_, ssrc) => {
      const fresh = new SrtpContext(profile, Buffer.alloc(16), Buffer.alloc(saltLength(profile)));
      const packet = rtp(fresh, { sequence: 1, ssrc });
      return sender.protectRtp(packet) && receiver.unprotectRtp(packet);
    });
    expect(outcome.filter((taken) => taken)).toHaveLength(limits.streamsPerContext);
    expect(outcome.at(-1)).toBe(false);
  });

  it('refuses what is no RTP without throwing', () => {
    const { receiver } = pair(profile);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (octets) => {
        const packet = Buffer.from(octets);
        expect(receiver.unprotectRtp(Buffer.from(packet))).toBe(false);
        expect(receiver.unprotectRtcp(Buffer.from(packet))).toBeNull();
      }),
    );
  });

  it('opens each delivered packet over several rollovers, whatever is lost or late around the wrap', () => {
    fc.assert(
      fc.property(
        fc.record({
          start: fc.integer({ min: 0, max: 0xbfff }),
          // Each step: how far ahead the next packet is (the gap is lost), and how late it arrives.
          steps: fc.array(
            fc.record({
              gap: fc.oneof(
                { weight: 8, arbitrary: fc.constant(1) },
                { weight: 3, arbitrary: fc.integer({ min: 2, max: 600 }) },
                { weight: 2, arbitrary: fc.integer({ min: 8_000, max: 16_000 }) },
              ),
              late: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 20 })),
            }),
            { minLength: 10, maxLength: 80 },
          ),
        }),
        ({ start, steps }) => {
          const { sender, receiver } = pair(profile);
          let sequence = start;
          // The first packet arrives: before it a receiver cannot know that a rollover has been.
          const arrivals = [{ gap: 0, late: 0 }, ...steps].map(({ gap, late }, i) => {
            sequence += gap;
            const packet = rtp(sender, { sequence });
            expect(sender.protectRtp(packet)).toBe(true);
            return { packet, sequence, at: i + late };
          });
          arrivals.sort((a, b) => a.at - b.at);
          let highest = arrivals[0]!.sequence;
          for (const arrival of arrivals) {
            const behind = highest - arrival.sequence;
            const ahead = -behind;
            highest = Math.max(highest, arrival.sequence);
            // RFC 3711 promises nothing for jumps of half the number space, or for what is older than the window.
            if (ahead >= 0x8000) return;
            const opened = receiver.unprotectRtp(Buffer.from(arrival.packet));
            if (behind < 1024) expect(opened).toBe(true);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
