import { describe, expect, it } from 'vitest';
import { clientAddress } from './client-address.ts';

const proxy = '10.0.0.1';
const from = (forwarded: string | string[] | undefined, peer: string | undefined = proxy): string =>
  clientAddress(peer, forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }, [proxy]);

describe('S13: the address of a client', () => {
  it('is that of the socket, whatever a stranger claims', () => {
    expect(from('203.0.113.5', '198.51.100.7')).toBe('198.51.100.7');
    expect(clientAddress(proxy, { 'x-forwarded-for': '203.0.113.5' }, [])).toBe(proxy);
  });

  it('is what a trusted proxy says', () => {
    expect(from('203.0.113.5')).toBe('203.0.113.5');
    expect(from('2001:db8::5')).toBe('2001:db8::5');
  });

  it('is the last entry: all before it is what the client itself may have sent', () => {
    expect(from('127.0.0.1, 10.0.0.1 ,203.0.113.5')).toBe('203.0.113.5');
    expect(from(['127.0.0.1', '203.0.113.5'])).toBe('203.0.113.5');
  });

  it.each([
    ['no header', undefined],
    ['an empty one', ''],
    ['a name', 'unknown'],
    ['a hidden client', '_hidden'],
    ['an address with a port', '203.0.113.5:4711'],
    ['an entry left empty', '203.0.113.5, '],
    ['something else', '9'.repeat(4000)],
  ])('is the proxy’s own with %s', (_name, forwarded) => {
    expect(from(forwarded)).toBe(proxy);
  });

  it('reads IPv4 mapped into IPv6 as IPv4, at either place', () => {
    expect(from('203.0.113.5', `::ffff:${proxy}`)).toBe('203.0.113.5');
    expect(from('::ffff:203.0.113.5')).toBe('203.0.113.5');
    expect(from(undefined, '::FFFF:198.51.100.7')).toBe('198.51.100.7');
  });

  it('is nobody’s when the socket has gone already', () => {
    expect(clientAddress(undefined, {}, [proxy])).toBe('');
  });
});
