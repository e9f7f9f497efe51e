import { NotImplementedError } from './not-implemented.ts';

/** Schemes of `--proxy-server` by their name in a PAC answer. */
const words: Readonly<Record<string, string>> = {
  http: 'PROXY',
  https: 'HTTPS',
  socks: 'SOCKS5',
  socks4: 'SOCKS',
  socks5: 'SOCKS5',
};

/** Chromium never asks a proxy for these. */
const isOwnMachine = (hostname: string): boolean =>
  /^(localhost|.+\.localhost|127\.[\d.]+|\[::1\])$/.test(hostname);

/**
 * What Chromium's `resolveProxy` would answer by the command line. The system's own settings are not looked at,
 * and a script cannot be run.
 *
 * @param switches `proxy-server` in the form `host:port` or `scheme://host:port`.
 * @throws {NotImplementedError} For other proxy switches and forms.
 */
export function resolveProxy(url: string, switches: ReadonlyMap<string, string>): string {
  for (const name of ['proxy-pac-url', 'proxy-auto-detect', 'proxy-bypass-list'])
    if (switches.has(name)) throw new NotImplementedError(`resolveProxy with --${name}`);
  const server = switches.get('proxy-server') ?? '';
  if (server === '' || switches.has('no-proxy-server') || isOwnMachine(new URL(url).hostname))
    return 'DIRECT';
  const [, scheme = 'http', address] = /^(?:([a-z0-9]+):\/\/)?([^;,=/]+)$/.exec(server) ?? [];
  const word = words[scheme];
  if (word === undefined || address === undefined)
    throw new NotImplementedError(`resolveProxy with --proxy-server=${server}`);
  return `${word} ${address}`;
}
