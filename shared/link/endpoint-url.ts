import { fail, ok, type Result } from '../result.ts';
import type { Fault } from './fault.ts';
import { networkOf, type Network } from './network-of.ts';

/** A checked address. `network`: where it lies, as far as the name tells. */
export interface Endpoint {
  /** `ws:` or `wss:`, with a path, without credentials or fragment. */
  url: string;
  network: Network;
  /** What becomes of the text that was typed, in words for whoever typed it; null when it is used as it is. */
  corrected: string | null;
}

/** Longest address, characters: what servers take, and what the settings keep. */
export const longestAddress = 2048;

/** By the last word of a parameter's name: `access_token`, `x-api-key`, `authToken`. */
const secretName =
  /(^|[-_.])(key|auth|pass|sig)$|(token|apikey|secret|password|passwd|pwd|signature|credentials?|jwt|bearer)$/i;

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
  if (url === null) {
    return /^[\da-f]*:[\da-f]*:[\da-f:.]*$/i.test(typed)
      ? invalid(`Put an IPv6 address in brackets: [${typed}].`)
      : invalid('This is no address. Type host:port or wss://host/ws.');
  }
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
  const address = rebuild(exact, plain ? 'ws:' : 'wss:');
  if (address.length > longestAddress) return invalid('This address is too long.');
  const corrected = address === typed ? null : correction(address, scheme, network);
  return ok({ url: address, network, corrected });
}

const invalid = (detail: string): { ok: false; problem: Fault } => fail({ kind: 'invalid-endpoint', detail });

/** Parsed as http(s), whose rules for hosts and ports ws(s) shares; null when it is no address. */
function parse(text: string): URL | null {
  const url = URL.parse(text.replace(/^ws(?=s?:)/i, 'http'));
  return url === null || url.hostname === '' ? null : url;
}

function rebuild(url: URL, protocol: 'ws:' | 'wss:'): string {
  // What a runner answers at is known; another server's path is its own affair.
  const path = url.pathname === '/' ? '/ws' : url.pathname.replace(/\/ws\/$/, '/ws');
  return `${protocol}//${url.host}${path}${url.search}`;
}

function correction(url: string, scheme: string | undefined, network: Network): string {
  const used = `Will be used as ${url}.`;
  if (scheme === 'http') return `${used} Runners answer by ws:// where a browser says http://.`;
  if (scheme === 'https') return `${used} Runners answer by wss:// where a browser says https://.`;
  // What the guess gets wrong most often: few machines in a home or a laboratory have a certificate.
  if (scheme === undefined && network === 'lan')
    return `${used} If it has no certificate, type ws:// in front.`;
  return used;
}
