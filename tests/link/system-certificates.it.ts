import { createServer } from 'node:https';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { trustSystemCertificates } from '../../main/app/system-certificates.ts';
import { systemClock } from '../../main/link/clock.ts';
import { linkDefaults } from '../../main/link/defaults.ts';
import { dial } from '../../main/link/dial.ts';
import { privateCa, signedByPrivateCa } from './fixtures/private-ca.ts';
import { Opened } from './proxies.ts';

const opened = new Opened();
const before = getCACertificates('default');
afterEach(async () => {
  setDefaultCACertificates(before);
  await opened.closeAll();
});

it('A67: a runner whose certificate only the system trusts is reached', async () => {
  const server = createServer(signedByPrivateCa);
  const sockets = new WebSocketServer({ server });
  const url = `wss://127.0.0.1:${await opened.listen(server)}/ws`;
  const attempt = async (): Promise<unknown> => {
    const { socket, opened: outcome } = dial({
      url,
      token: null,
      clock: systemClock,
      settings: linkDefaults,
    });
    const result = await outcome;
    socket.terminate();
    return result;
  };
  expect(await attempt()).toMatchObject({ ok: false, problem: { kind: 'tls' } });
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined, file: '' };
  trustSystemCertificates(
    {
      // What a company has put into its computers' stores.
      getCACertificates: (type) => (type === 'system' ? [privateCa] : getCACertificates(type)),
      setDefaultCACertificates,
    },
    quiet,
  );
  expect(await attempt()).toEqual({ ok: true, value: null });
  sockets.close();
});
