import { isIP, SocketAddress } from 'node:net';
import { isLoopbackHost } from '../guard/loopback-host.ts';
import { text, type Scalar } from './scalar.ts';

/** What a browser sends as `Origin`. */
export const webOrigin: Scalar<string> = text({
  placeholder: 'URL',
  give: 'scheme, host and port only, as in https://example.org',
  read: (given) => (URL.parse(given)?.origin === given ? given : null),
});

/** In the form in which Node gives a peer's, so that the two can be compared. */
export const ipAddress: Scalar<string> = text({
  placeholder: 'ADDRESS',
  give: 'an IP address, as in 10.0.0.5',
  read(given) {
    const plain = given.replace(/^::ffff:(?=[\d.]+$)/i, '');
    const family = isIP(plain);
    return family === 0
      ? null
      : new SocketAddress({ address: plain, family: family === 4 ? 'ipv4' : 'ipv6' }).address;
  },
});

/** Something to bind to; whether it is an address of this machine shows when the runner binds. */
export const bindAddress: Scalar<string> = text({
  placeholder: 'ADDRESS',
  give: 'an address or name of this machine, as in 0.0.0.0, without port',
  read: (given) => (isIP(given) !== 0 || /^[\w.-]+$/.test(given) ? given : null),
});

/** Host and port under which clients reach a runner; `/ws` or `/r/ID/ws` follows. */
export const webSocketOrigin: Scalar<string> = text({
  placeholder: 'URL',
  give: 'wss://HOST or ws://HOST, with a port if need be and without a path',
  read(given) {
    const url = plainUrl(given, ['ws:', 'wss:']);
    return url !== null && url.pathname === '/' && url.search === '' ? url.origin : null;
  },
});

export const webSocketUrl: Scalar<string> = text({
  placeholder: 'URL',
  give: 'a WebSocket address, as in wss://HOST/ws',
  read: (given) => plainUrl(given, ['ws:', 'wss:'])?.href ?? null,
});

/** What carries users' names crosses a network encrypted only. */
export const checkUrl: Scalar<string> = text({
  placeholder: 'URL',
  give: 'an https:// address, or an http:// one of this machine, without user name and password',
  read(given) {
    const url = plainUrl(given, ['https:', 'http:']);
    return url !== null && (url.protocol === 'https:' || isLoopbackHost(url.hostname)) ? url.href : null;
  },
});

/** Credentials in addresses end up in logs, and `fetch` refuses them; a WebSocket's address has no fragment. */
function plainUrl(given: string, protocols: readonly string[]): URL | null {
  const url = URL.parse(given);
  if (url === null || !protocols.includes(url.protocol)) return null;
  return url.username === '' && url.password === '' && url.hash === '' ? url : null;
}
