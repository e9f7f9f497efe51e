import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

/**
 * The address of the client behind a request. Only a proxy that the operator named is believed, and only its
 * own entry, the last: all before it is what the client itself may have made up.
 *
 * @param peer The address at the other end of the socket.
 */
export function clientAddress(
  peer: string | undefined,
  headers: IncomingHttpHeaders,
  trustedProxies: readonly string[],
): string {
  const direct = plain(peer ?? '');
  if (!trustedProxies.includes(direct)) return direct;
  const forwarded = headers['x-forwarded-for'];
  const last = plain(
    (Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '')).split(',').at(-1)!.trim(),
  );
  return isIP(last) === 0 ? direct : last;
}

/** Node gives IPv4 peers of a dual-stack socket as IPv4 mapped into IPv6. */
function plain(address: string): string {
  return address.replace(/^::ffff:/i, '');
}
