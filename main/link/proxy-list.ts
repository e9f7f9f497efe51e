/** One way that the system's proxy settings name. */
export type ProxyWay =
  | { kind: 'direct' }
  | { kind: 'http' | 'https' | 'socks4' | 'socks5'; host: string; port: number };

/** How the ways are called in a PAC answer. A bare `SOCKS` is version 4 there. */
const kinds: Readonly<Record<string, Exclude<ProxyWay['kind'], 'direct'>>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  SOCKS: 'socks4',
  SOCKS4: 'socks4',
  SOCKS5: 'socks5',
};

const defaultPorts = { http: 80, https: 443, socks4: 1080, socks5: 1080 } as const;

/**
 * Reads what Electron's `resolveProxy` answers, in the format of PAC files: `PROXY a:3128; SOCKS5 b:1080; DIRECT`.
 *
 * @returns The ways in their order, those left out that are not understood (such as `QUIC`). Empty when none is.
 */
export function parseProxyList(answer: string): ProxyWay[] {
  return answer
    .split(';')
    .map((part) => parseWay(part.trim()))
    .filter((way) => way !== null);
}

function parseWay(text: string): ProxyWay | null {
  const [word = '', address = '', ...rest] = text.split(/\s+/);
  if (rest.length > 0) return null;
  if (word.toUpperCase() === 'DIRECT') return address === '' ? { kind: 'direct' } : null;
  const kind = kinds[word.toUpperCase()];
  const url = URL.parse(`proxy://${address}`);
  if (kind === undefined || url === null || url.hostname === '') return null;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return { kind, host, port: url.port === '' ? defaultPorts[kind] : Number(url.port) };
}

/** The way in words, for the log and to tell ways apart. */
export const nameOfWay = (way: ProxyWay): string =>
  way.kind === 'direct' ? 'a direct connection' : `the ${way.kind} proxy ${way.host}:${way.port}`;
