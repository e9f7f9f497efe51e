import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAuthenticCheck, isBindingRequest, isStun } from './stun-integrity.ts';

/** The sample request of RFC 5769, 2.1. */
const sample = Buffer.from(
  `00010058 2112a442 b7e7a701 bc34d686 fa87dfae
   80220010 5354554e 20746573 7420636c 69656e74
   00240004 6e0001ff
   80290008 932ff9b1 51263b36
   00060009 6576746a 3a683676 59202020
   00080014 9aeaa70c bfd8cb56 781ef2b5 b2d3f249 c1b571a2
   80280004 e57a3bcf`.replaceAll(/\s/g, ''),
  'hex',
);
const password = 'VOkJxbRl1RmTxUk/WvJxBt';

describe('connectivity checks', () => {
  it('RFC 5769, 2.1: accepts the sample request with its password', () => {
    expect(isStun(sample)).toBe(true);
    expect(isBindingRequest(sample)).toBe(true);
    expect(isAuthenticCheck(sample, 'evtj', password)).toBe(true);
  });

  it('refuses another password, another user, and any change of what is signed', () => {
    expect(isAuthenticCheck(sample, 'evtj', `${password}x`)).toBe(false);
    expect(isAuthenticCheck(sample, 'h6vY', password)).toBe(false);
    const integrityEnd = sample.length - 8;
    for (let i = 4; i < integrityEnd; i++) {
      const changed = Buffer.from(sample);
      changed[i]! ^= 1;
      expect(isAuthenticCheck(changed, 'evtj', password), `octet ${i}`).toBe(false);
    }
  });

  it('refuses a request without integrity, however well it is formed', () => {
    const bare = sample.subarray(0, 20);
    expect(isAuthenticCheck(bare, 'evtj', password)).toBe(false);
  });

  it('never throws on noise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 200 }), (octets) => {
        expect(isAuthenticCheck(Buffer.from(octets), 'evtj', password)).toBe(false);
      }),
    );
  });
});

it('covers a digest made by hand', () => {
  const head = Buffer.from('000100002112a442000000000000000000000000', 'hex');
  const user = Buffer.from('00060004613a6200', 'hex');
  user.writeUInt16BE(3, 2);
  head.writeUInt16BE(user.length + 24, 2);
  const signed = Buffer.concat([head, user]);
  const digest = createHmac('sha1', 'pw').update(signed).digest();
  const whole = Buffer.concat([signed, Buffer.from('00080014', 'hex'), digest]);
  expect(isAuthenticCheck(whole, 'a', 'pw')).toBe(true);
});
