import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CmCipher } from './cm-cipher.ts';
import { GcmCipher } from './gcm-cipher.ts';
import { deriveSessionKeys, type SessionKeys } from './session-keys.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');
const withRoom = (packet: Buffer, room: number) => Buffer.concat([packet, Buffer.alloc(room)]);

function sessionKeys(key: string, salt: string): SessionKeys {
  return {
    encryption: createSecretKey(hex(key)),
    authentication: createSecretKey(Buffer.alloc(20)),
    salt: withRoom(hex(salt), 16 - hex(salt).length),
  };
}

describe('key derivation', () => {
  it('RFC 3711, B.3: derives encryption key, salt and authentication key', () => {
    const { rtp } = deriveSessionKeys(
      1,
      hex('E1F97A0D3E018BE0D64FA32C06DE4139'),
      hex('0EC675AD498AFEEBB6960B3AABE6'),
    );
    expect(rtp.encryption.export()).toEqual(hex('C61E7A93744F39EE10734AFE3FF7A087'));
    expect(rtp.salt.subarray(0, 14)).toEqual(hex('30CBBC08863D8C85D49DB34A9AE1'));
    expect(rtp.authentication.export()).toEqual(hex('CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4'));
  });
});

describe('AES-CM with HMAC-SHA1-80', () => {
  it('RFC 3711, B.2: makes the key stream of the vector', () => {
    const keys = sessionKeys('2B7E151628AED2A6ABF7158809CF4F3C', 'F0F1F2F3F4F5F6F7F8F9FAFBFCFD');
    // SSRC, rollover and sequence number zero, a payload of zeros: what comes out is the key stream.
    const packet = Buffer.alloc(12 + 48 + 10);
    packet[0] = 0x80;
    new CmCipher(keys, keys).sealRtp(packet, 12, 60, 0);
    expect(packet.subarray(12, 60)).toEqual(
      hex(
        'E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB 41E95B3BB0A2E8DD477901E4FCA894C0',
      ),
    );
  });

  it('seals and opens the reference packet of a 128-bit master key, tag included', () => {
    const { rtp, rtcp } = deriveSessionKeys(
      1,
      hex('e1f97a0d3e018be0d64fa32c06de4139'),
      hex('0ec675ad498afeebb6960b3aabe6'),
    );
    const cipher = new CmCipher(rtp, rtcp);
    const plain = hex('800f1234decafbadcafebabe abababababababababababababababab');
    const sealed = hex('800f1234decafbadcafebabe 4e55dc4ce79978d88ca4d215949d2402 b78d6acc99ea179b8dbb');
    const packet = withRoom(plain, 10);
    cipher.sealRtp(packet, 12, plain.length, 0);
    expect(packet).toEqual(sealed);
    expect(cipher.openRtp(packet, 12, plain.length, 0)).toBe(true);
    expect(packet.subarray(0, plain.length)).toEqual(plain);
  });
});

describe('AES-GCM', () => {
  const keys = sessionKeys('000102030405060708090a0b0c0d0e0f', '517569642070726f2071756f');
  const cipher = new GcmCipher(keys, keys);

  it('RFC 7714, 16.1.1: seals and opens the SRTP vector', () => {
    const plain = hex(
      `8040f17b 8041f8d3 5501a0b2 47616c6c 69612065 7374206f 6d6e6973 20646976 69736120 696e2070
       61727465 73207472 6573`,
    );
    const packet = withRoom(plain, 16);
    cipher.sealRtp(packet, 12, plain.length, 0);
    expect(packet.subarray(12)).toEqual(
      hex(
        `f24de3a3 fb34de6c acba861c 9d7e4bca be633bd5 0d294e6f 42a5f47a 51c7d19b 36de3adf 8833
         899d7f27 beb16a91 52cf765e e4390cce`,
      ),
    );
    expect(cipher.openRtp(packet, 12, plain.length, 0)).toBe(true);
    expect(packet.subarray(0, plain.length)).toEqual(plain);
  });

  it('RFC 7714, 17.1: seals and opens the SRTCP vector', () => {
    const plain = hex(
      `81c8000d 4d617273 4e545031 4e545032 52545020 0000042a 0000e930 4c756e61 deadbeef deadbeef
       deadbeef deadbeef deadbeef`,
    );
    const sealed = cipher.sealRtcp(plain, 0x5d4);
    expect(sealed).toEqual(
      hex(
        `81c8000d 4d617273 63e94885 dcdab67c a727d766 2f6b7e99 7ff5c0f7 6c06f32d c676a5f1 730d6fda
         4ce09b46 86303ded 0bb9275b c84aa458 96cf4d2f c5abf872 45d9eade 800005d4`,
      ),
    );
    expect(cipher.openRtcp(sealed)).toEqual({ packet: plain, index: 0x5d4 });
  });
});

describe.each([
  ['AES-CM', 1 as const],
  ['AES-GCM', 7 as const],
])('%s', (_, profile) => {
  const { rtp, rtcp } = deriveSessionKeys(
    profile,
    Buffer.alloc(16, 7),
    Buffer.alloc(profile === 7 ? 12 : 14, 9),
  );
  const cipher = profile === 7 ? new GcmCipher(rtp, rtcp) : new CmCipher(rtp, rtcp);

  it('refuses RTP in which any octet was changed', () => {
    const packet = Buffer.alloc(12 + 20 + cipher.tagLength, 5);
    packet[0] = 0x80;
    cipher.sealRtp(packet, 12, 32, 3);
    for (let i = 0; i < packet.length; i++) {
      const changed = Buffer.from(packet);
      changed[i]! ^= 1;
      expect(cipher.openRtp(changed, 12, 32, 3), `octet ${i}`).toBe(false);
    }
    expect(cipher.openRtp(Buffer.from(packet), 12, 32, 4), 'another rollover').toBe(false);
    expect(cipher.openRtp(Buffer.from(packet), 12, 32, 3)).toBe(true);
  });

  it('refuses RTCP that was changed or cut short', () => {
    const sealed = cipher.sealRtcp(Buffer.alloc(28, 0x81), 99);
    for (let i = 0; i < sealed.length; i++) {
      const changed = Buffer.from(sealed);
      changed[i]! ^= 1;
      expect(cipher.openRtcp(changed), `octet ${i}`).toBeNull();
    }
    for (let length = 0; length < sealed.length; length++) {
      expect(cipher.openRtcp(Buffer.from(sealed.subarray(0, length))), `length ${length}`).toBeNull();
    }
  });
});
