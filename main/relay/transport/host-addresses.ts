import { networkInterfaces } from 'node:os';

export const loopbackAddress = '127.0.0.1';

/**
 * Addresses to gather host candidates on. werift's own choice leaves out tunnels and virtual Ethernet, behind which a
 * runner may well be.
 *
 * @returns Never empty: with no network at all it is loopback.
 */
export function hostAddresses(loopbackOnly: boolean): string[] {
  if (loopbackOnly) return [loopbackAddress];
  const found = Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? []).flatMap(({ address, internal }) => (internal || isLinkLocal(address) ? [] : [address])),
  );
  return found.length > 0 ? found : [loopbackAddress];
}

function isLinkLocal(address: string): boolean {
  return address.startsWith('169.254.') || address.toLowerCase().startsWith('fe80:');
}
