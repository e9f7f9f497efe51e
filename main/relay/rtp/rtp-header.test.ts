import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rewriteExtensions } from './header-extensions.ts';
import { headerLength } from './rtp-header.ts';
import { rtpPacket } from './rtp-packet.fixture.ts';

const value = (...octets: number[]) => Buffer.from(octets);

describe('headerLength', () => {
  it('counts contributing sources and the extension', () => {
    expect(headerLength(rtpPacket(), 17)).toBe(12);
    expect(headerLength(rtpPacket({ csrcs: 3 }), 29)).toBe(24);
    const extended = rtpPacket({ csrcs: 1, extensions: [{ id: 1, value: value(1, 2, 3, 4, 5) }] });
    expect(headerLength(extended, extended.length)).toBe(16 + 4 + 8);
  });

  it('refuses another version, and headers that are cut short', () => {
    expect(headerLength(Buffer.alloc(12), 12)).toBe(-1);
    const packet = rtpPacket({
      csrcs: 2,
      extensions: [{ id: 1, value: value(1) }],
      payload: Buffer.alloc(0),
    });
    for (let end = 0; end < packet.length; end++) expect(headerLength(packet, end)).toBe(-1);
  });

  it('never throws and never points behind the packet', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (octets) => {
        const packet = Buffer.from(octets);
        expect(headerLength(packet, packet.length)).toBeLessThanOrEqual(packet.length);
      }),
    );
  });
});

describe.each([false, true])('header extensions, two-byte form: %s', (twoByteExtensions) => {
  const packet = () =>
    rtpPacket({
      twoByteExtensions,
      extensions: [
        { id: 3, value: value(0xaa, 0xbb) },
        { id: 4, value: value(0xcc) },
      ],
    });

  it('visits each element and gives it its new id', () => {
    const seen: [number, number][] = [];
    const rewritten = packet();
    rewriteExtensions(rewritten, headerLength(rewritten, rewritten.length), (id, _, length) => {
      seen.push([id, length]);
      return id + 5;
    });
    expect(seen).toEqual([
      [3, 2],
      [4, 1],
    ]);
    expect(rewritten).toEqual(
      rtpPacket({
        twoByteExtensions,
        extensions: [
          { id: 8, value: value(0xaa, 0xbb) },
          { id: 9, value: value(0xcc) },
        ],
      }),
    );
  });

  it('turns an element into padding where the receiver has no id for it', () => {
    const rewritten = packet();
    const header = headerLength(rewritten, rewritten.length);
    rewriteExtensions(rewritten, header, (id) => (id === 3 ? 0 : id));
    const left: number[] = [];
    rewriteExtensions(rewritten, header, (id) => left.push(id) && id);
    expect(left).toEqual([4]);
    expect(rewritten).toHaveLength(packet().length);
  });
});

it('strips an element whose new id does not fit the one-byte form', () => {
  const packet = rtpPacket({ extensions: [{ id: 3, value: value(1) }] });
  rewriteExtensions(packet, headerLength(packet, packet.length), () => 15);
  expect(packet.subarray(16, 20)).toEqual(Buffer.alloc(4));
});

it('never throws on extensions made of noise', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 4, maxLength: 60 }), fc.boolean(), (octets, twoByte) => {
      const packet = Buffer.concat([rtpPacket({ payload: Buffer.alloc(0) }), Buffer.from(octets)]);
      packet[0] = 0x90;
      packet.writeUInt16BE(twoByte ? 0x1000 : 0xbede, 12);
      const header = headerLength(packet, packet.length);
      if (header > 0) rewriteExtensions(packet, header, (id) => id);
    }),
  );
});
