import { BlockList, isIP } from 'node:net';
import type { Fault } from '../../shared/link/fault.ts';
import { fail, ok, type Result } from '../../shared/result.ts';

/** A checked address. `network`: where it lies, as far as the name tells. */
export interface Endpoint {
  /** `ws:` or `wss:`, with a path, without credentials or fragment. */
  url: string;
  network: 'loopback' | 'lan' | 'public';
}

const privateRanges = new BlockList();
privateRanges.addSubnet('10.0.0.0', 8); // RFC 1918
privateRanges.addSubnet('172.16.0.0', 12);
privateRanges.addSubnet('192.168.0.0', 16);
privateRanges.addSubnet('169.254.0.0', 16); // RFC 3927, link-local
privateRanges.addSubnet('fc00::', 7, 'ipv6'); // RFC 4193
privateRanges.addSubnet('fe80::', 10, 'ipv6');

const loopbackRanges = new BlockList();
loopbackRanges.addSubnet('127.0.0.0', 8);
loopbackRanges.addAddress('::1', 'ipv6');

/** Names that are never public: mDNS (RFC 6762), RFC 8375, and the one that ICANN has set aside. */
const privateSuffixes = ['.local', '.home.arpa', '.internal'];

const secretName = /^(access_?)?(token|key|api_?key|secret|password|auth)$/i;

/**
 * Makes an address out of what people type: `host:port`, `http(s)://…` copied from a browser, `ws(s)://…`.
 * Without a scheme it is `ws:` for this machine and `wss:` for every other. `ws:` (unencrypted) to a host in
 * the local network takes the explicit scheme, and to a public host is refused.
 *
 * @returns The endpoint, or `invalid-endpoint` with a sentence that says what to type instead.
 */
export function endpointUrl(text: string): Result<Endpoint, Fault> {
  const typed = text.trim();
  if (typed === '') return invalid('Type the address of a runner, such as wss://gpu.example.com/ws.');
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(typed)?.[1]?.toLowerCase();
  const url = parse(scheme === undefined ? `wss://${typed}` : typed);
  if (url === null) return invalid('This is no address. Type host:port or wss://host/ws.');
  if (scheme !== undefined && !['ws', 'wss', 'http', 'https'].includes(scheme)) {
    return invalid(`A runner is reached by wss:// or ws://, not by ${scheme}://.`);
  }
  if (url.username !== '' || url.password !== '') {
    return invalid('Leave name and password out of the address; the token has a field of its own.');
  }
  if ([...url.searchParams.keys()].some((key) => secretName.test(key))) {
    return invalid('Leave the token out of the address; it has a field of its own.');
  }
  const network = networkOf(url.hostname);
  const plain = scheme === undefined ? network === 'loopback' : scheme === 'ws' || scheme === 'http';
  if (plain && network === 'public') {
    return invalid(`Use wss:// for ${url.host}: ws:// would send your picture and token unencrypted.`);
  }
  // Parsed again where the guess was wrong, because a scheme's default port vanishes in parsing.
  const exact = scheme === undefined && plain ? (parse(`ws://${typed}`) ?? url) : url;
  return ok({ url: rebuild(exact, plain ? 'ws:' : 'wss:'), network });
}

const invalid = (detail: string): { ok: false; problem: Fault } => fail({ kind: 'invalid-endpoint', detail });

/** Parsed as http(s), whose rules for hosts and ports ws(s) shares; null when it is no address. */
function parse(text: string): URL | null {
  const url = URL.parse(text.replace(/^ws(?=s?:)/i, 'http'));
  return url === null || url.hostname === '' ? null : url;
}

function rebuild(url: URL, protocol: 'ws:' | 'wss:'): string {
  const path = url.pathname === '/' ? '/ws' : url.pathname;
  return `${protocol}//${url.host}${path}${url.search}`;
}

function networkOf(hostname: string): Endpoint['network'] {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const family = isIP(host);
  if (family !== 0) {
    const kind = family === 6 ? 'ipv6' : 'ipv4';
    if (loopbackRanges.check(host, kind)) return 'loopback';
    return privateRanges.check(host, kind) ? 'lan' : 'public';
  }
  if (host === 'localhost' || host.endsWith('.localhost')) return 'loopback';
  const local = !host.includes('.') || privateSuffixes.some((suffix) => host.endsWith(suffix));
  return local ? 'lan' : 'public';
}
