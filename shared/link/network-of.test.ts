import * as fc from 'fast-check';
import { BlockList } from 'node:net';
import { describe, expect, it } from 'vitest';
import { networkOf, type Network } from './network-of.ts';

/** Node's own arithmetic on addresses, which the window does not have. */
const lan = new BlockList();
lan.addSubnet('10.0.0.0', 8);
lan.addSubnet('172.16.0.0', 12);
lan.addSubnet('192.168.0.0', 16);
lan.addSubnet('169.254.0.0', 16);
lan.addSubnet('fc00::', 7, 'ipv6');
lan.addSubnet('fe80::', 10, 'ipv6');
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

function byNode(host: string): Network {
  const address = host.replaceAll(/[[\]]/g, '');
  const kind = host.startsWith('[') ? 'ipv6' : 'ipv4';
  if (loopback.check(address, kind)) return 'loopback';
  return lan.check(address, kind) ? 'lan' : 'public';
}

const hostOf = (host: string): string => new URL(`http://${host}/`).hostname;
const byte = fc.integer({ min: 0, max: 255 });
const ipv4 = fc
  .tuple(
    fc.oneof(byte, fc.constantFrom(10, 127, 169, 172, 192)),
    fc.oneof(byte, fc.constantFrom(15, 16, 31, 32, 168, 254)),
    byte,
    byte,
  )
  .map((octets) => octets.join('.'));
const word = fc.integer({ min: 0, max: 0xffff });
const ipv6 = fc
  .tuple(
    fc.oneof(word, fc.constantFrom(0xfbff, 0xfc00, 0xfdff, 0xfe00, 0xfe7f, 0xfe80, 0xfebf, 0xfec0, 0)),
    fc.array(fc.oneof(word, fc.constant(0)), { minLength: 7, maxLength: 7 }),
  )
  .map(([first, rest]) => `[${[first, ...rest].map((part) => part.toString(16)).join(':')}]`);

describe('networkOf', () => {
  it('S1: agrees with Node about every address', () => {
    const host = fc.oneof(
      ipv4,
      ipv6,
      ipv4.map((address) => `[::ffff:${address}]`),
      fc.constant('[::1]'),
    );
    fc.assert(
      fc.property(host, (typed) => {
        expect(networkOf(hostOf(typed))).toBe(byNode(hostOf(typed)));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each<[string, Network]>([
    ['0x7f.1', 'loopback'],
    ['2130706433', 'loopback'],
    ['LOCALHOST', 'loopback'],
    ['app.localhost', 'loopback'],
    ['gpu-box', 'lan'],
    ['gpu.local', 'lan'],
    ['gpu.home.arpa', 'lan'],
    ['gpu.example', 'public'],
    ['fc.example', 'public'],
  ])('%s is %s', (typed, network) => {
    expect(networkOf(hostOf(typed))).toBe(network);
  });
});
