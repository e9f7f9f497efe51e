import { expect, it } from 'vitest';
import { handshakeMs, keepAliveMs, maxSockets, requestMs } from '../guard/defaults.ts';
import { makeServer } from './make-server.ts';

const quiet = { metrics: { refused: () => undefined }, report: () => undefined };
const rules = { trustedProxies: [], maxConnectionsPerAddress: 1 };

it.each([
  ['plain', null],
  ['TLS', { cert: '', key: '' }],
])('S13: a server with %s waits for nobody longer than it says', (_name, tls) => {
  const { server } = makeServer({ ...quiet, rules: { ...rules, tls } });
  expect(server).toMatchObject({
    headersTimeout: handshakeMs,
    requestTimeout: requestMs,
    keepAliveTimeout: keepAliveMs,
    maxConnections: maxSockets,
  });
  // Node cuts a request by whichever of the two ends first.
  expect(handshakeMs).toBeLessThan(requestMs);
});
