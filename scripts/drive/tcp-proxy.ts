import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Transform } from 'node:stream';

export interface TcpProxy {
  readonly port: number;
  /** Destroys every connection that goes through it, as a router that reboots would. Returns how many. */
  cut(): number;
  /** From now on nothing gets through, and nobody is told: every connection stays open. */
  silence(): void;
  close(): Promise<void>;
}

export interface TcpProxyOptions {
  /** Milliseconds that every chunk takes on its way. */
  delayMs?: number;
  /** Told of every chunk that gets through. */
  passed?: (towards: 'server' | 'client') => void;
}

/** Forwards TCP from a free port on loopback to `targetPort` there. */
export async function startTcpProxy(targetPort: number, options: TcpProxyOptions = {}): Promise<TcpProxy> {
  const { delayMs = 0, passed } = options;
  const pairs = new Set<readonly [Socket, Socket]>();
  let silent = false;
  const way = (towards: 'server' | 'client'): Transform =>
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        const pass = (): void => {
          if (silent) return done();
          passed?.(towards);
          done(null, chunk);
        };
        if (delayMs === 0) pass();
        else setTimeout(pass, delayMs);
      },
    });
  const server = createServer((near) => {
    const far = connect({ host: '127.0.0.1', port: targetPort });
    const pair = [near, far] as const;
    pairs.add(pair);
    const end = (): void => {
      if (silent || !pairs.delete(pair)) return;
      near.destroy();
      far.destroy();
    };
    // What ends or breaks on one side ends on the other: a proxy has nobody to tell.
    for (const socket of pair) socket.on('close', end).on('error', end);
    near.pipe(way('server')).pipe(far).pipe(way('client')).pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): number => {
    silent = false;
    const open = [...pairs];
    for (const [near, far] of open) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
    return open.length;
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    silence() {
      silent = true;
    },
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
