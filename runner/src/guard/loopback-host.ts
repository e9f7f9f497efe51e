import { isIPv4 } from 'node:net';

/**
 * Whether a host, as an address to bind to or out of a `Host` header without its port, can only mean this machine.
 *
 * @param host A name or an address; IPv6 with or without brackets.
 */
export function isLoopbackHost(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  return bare === 'localhost' || bare === '::1' || (isIPv4(bare) && bare.startsWith('127.'));
}

/** The same for a peer's address, which Node may give as IPv4 mapped into IPv6. */
export function isLoopbackAddress(address: string | undefined): boolean {
  return address !== undefined && isLoopbackHost(address.replace(/^::ffff:/i, ''));
}
