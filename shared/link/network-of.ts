/** Where a host lies, as far as its name tells. */
export type Network = 'loopback' | 'lan' | 'public';

/** Names that are never public: mDNS (RFC 6762), RFC 8375, and the one that ICANN has set aside. */
const privateSuffixes = ['.local', '.home.arpa', '.internal'];

/**
 * Where a host lies. Window and main both ask, so there is nothing of Node's in here.
 *
 * @param hostname As `URL` gives it for http(s): lower case, an IPv4 address in four decimal numbers whatever was
 *   typed, an IPv6 address compressed and in brackets.
 */
export function networkOf(hostname: string): Network {
  const host = hostname.toLowerCase();
  const octets = /^(\d+)\.(\d+)\.\d+\.\d+$/.exec(host);
  if (octets !== null) return networkOfIpv4(Number(octets[1]), Number(octets[2]));
  if (host.startsWith('[')) return networkOfIpv6(host.slice(1, -1));
  if (host === 'localhost' || host.endsWith('.localhost')) return 'loopback';
  const local = !host.includes('.') || privateSuffixes.some((suffix) => host.endsWith(suffix));
  return local ? 'lan' : 'public';
}

function networkOfIpv4(first: number, second: number): Network {
  if (first === 127) return 'loopback';
  const isPrivate =
    first === 10 || // RFC 1918
    (first === 172 && second >= 16 && second < 32) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254); // RFC 3927, link-local
  return isPrivate ? 'lan' : 'public';
}

function networkOfIpv6(address: string): Network {
  if (address === '::1') return 'loopback';
  // An IPv4 address in IPv6's notation (RFC 4291) leads to the IPv4 host.
  const mapped = /^::ffff:([0-9a-f]{1,4}):[0-9a-f]{1,4}$/.exec(address)?.[1];
  if (mapped !== undefined) {
    const pair = Number.parseInt(mapped, 16);
    return networkOfIpv4(pair >> 8, pair & 0xff);
  }
  const first = Number.parseInt(address.split(':')[0] || '0', 16);
  // RFC 4193, fc00::/7, and link-local addresses, fe80::/10.
  return (first & 0xfe00) === 0xfc00 || (first & 0xffc0) === 0xfe80 ? 'lan' : 'public';
}
