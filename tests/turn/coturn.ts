import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { credentials } from './served-client.ts';
import { encode } from './stun-message.ts';

const program = process.env['TURNSERVER_PATH'] ?? 'turnserver';

/** Where coturn's relayed traffic comes from: an address of its own, so that a runner can tell it from ours. */
export const coturnRelayAddress = '127.0.0.3';

/** Why there is none, or null. */
export function coturnIsMissing(): string | null {
  if (process.platform !== 'linux') return 'needs loopback addresses beyond 127.0.0.1';
  return spawnSync(program, ['--version']).error ? 'coturn is not installed (apt-get install coturn)' : null;
}

/** The TURN server that most operators run. */
export class Coturn {
  readonly port: number;
  readonly #process: ChildProcess;
  readonly #folder: string;

  private constructor(port: number, child: ChildProcess, folder: string) {
    this.port = port;
    this.#process = child;
    this.#folder = folder;
  }

  /** @param nonceSeconds How long a nonce is good for. */
  static async start(nonceSeconds: number): Promise<Coturn> {
    const folder = await mkdtemp(path.join(tmpdir(), 'linkspan-coturn-'));
    const port = await freePort();
    const { username, credential } = credentials;
    const child = spawn(
      program,
      [
        '-n --no-cli --no-tls --no-dtls --no-rfc5780 --allow-loopback-peers --lt-cred-mech --realm test',
        `--listening-ip 127.0.0.1 --listening-port ${port} --relay-ip ${coturnRelayAddress} --relay-threads 1`,
        `--user ${username}:${credential} --stale-nonce=${nonceSeconds}`,
        `--log-file stdout --userdb ${path.join(folder, 'db')} --pidfile ${path.join(folder, 'pid')}`,
      ].flatMap((line) => line.split(' ')),
      { stdio: 'ignore', cwd: folder },
    );
    while (!(await answers(port))) if (child.exitCode !== null) throw new Error('coturn ended');
    return new Coturn(port, child, folder);
  }

  iceServer(transport: 'udp' | 'tcp'): { urls: string; username: string; credential: string } {
    return { urls: `turn:127.0.0.1:${this.port}?transport=${transport}`, ...credentials };
  }

  async stop(): Promise<void> {
    const exited = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await exited;
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Whether it answers over UDP; that is what it opens last. */
async function answers(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  try {
    socket.connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.send(encode({ method: 'binding', transaction: randomBytes(12) }, 'request', {}));
    // Where nobody listens yet the system says so, as an error.
    await once(socket, 'message');
    return true;
  } catch {
    return false;
  } finally {
    socket.close();
  }
}

/** coturn takes no 0. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
