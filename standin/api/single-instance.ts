import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { debugLog, messageOf } from '../core/log.ts';
import { runtime } from '../core/runtime.ts';

export interface SecondInstance {
  argv: string[];
  workingDirectory: string;
  additionalData: unknown;
}

/** A first instance that is just starting may not listen yet; the second one tries this long. */
const helloTimeoutMs = 3000;

/** Runs in a short-lived Node process, because `requestSingleInstanceLock` answers synchronously. */
const greeter = `
const [socketPath, message] = process.argv.slice(1);
const socket = require('node:net').connect(socketPath, () => socket.end(message));
socket.on('error', () => process.exit(1));
socket.on('close', () => process.exit(0));
socket.resume();
`;

/** Unix allows 107 bytes for a socket's path; a deep userData folder gets one in the temporary folder. */
const maxSocketPath = 107;

function socketPathOf(userData: string): string {
  const own = path.join(userData, 'standin-instance.sock');
  if (Buffer.byteLength(own) <= maxSocketPath) return own;
  const name = createHash('sha256').update(userData).digest('hex').slice(0, 24);
  return path.join(tmpdir(), `standin-${name}.sock`);
}

/**
 * One lock per userData folder: a symlink that only one process can make, and a socket through which the
 * next process tells the holder its command line.
 */
export class SingleInstanceLock {
  #server: Server | null = null;
  #lockFile = '';

  get held(): boolean {
    return this.#server !== null;
  }

  /** @returns False when another live process holds the lock; it has then been told `hello`. */
  request(userData: string, hello: SecondInstance, onSecond: (second: SecondInstance) => void): boolean {
    if (this.held) return true;
    mkdirSync(userData, { recursive: true });
    this.#lockFile = path.join(userData, 'standin-instance-lock');
    const socketPath = socketPathOf(userData);
    if (!this.#claim() && this.#greet(socketPath, hello)) return false;
    this.#takeOver();
    this.#listen(socketPath, onSecond);
    return true;
  }

  release(): void {
    if (!this.#server) return;
    this.#server.close();
    this.#server = null;
    rmSync(this.#lockFile, { force: true });
  }

  #claim(): boolean {
    try {
      symlinkSync(String(process.pid), this.#lockFile);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  }

  /** Nobody answered: the holder died without cleaning up. */
  #takeOver(): void {
    rmSync(this.#lockFile, { force: true });
    symlinkSync(String(process.pid), this.#lockFile);
  }

  #greet(socketPath: string, hello: SecondInstance): boolean {
    const { status } = spawnSync(
      runtime().nodeExecutable,
      ['-e', greeter, socketPath, JSON.stringify(hello)],
      {
        timeout: helloTimeoutMs,
        stdio: 'ignore',
      },
    );
    return status !== 1; // 1: nobody listens. A timeout means a busy holder, not a dead one.
  }

  #listen(socketPath: string, onSecond: (second: SecondInstance) => void): void {
    rmSync(socketPath, { force: true });
    this.#server = createServer({ allowHalfOpen: true }, (socket) => {
      const chunks: Buffer[] = [];
      socket.on('data', (chunk: Buffer) => chunks.push(chunk));
      socket.on('error', (error) => debugLog('second instance:', error.message));
      socket.on('end', () => {
        try {
          onSecond(JSON.parse(Buffer.concat(chunks).toString('utf8')) as SecondInstance);
        } catch (error) {
          debugLog('second instance sent no message:', messageOf(error));
        }
        socket.end();
      });
    }).listen(socketPath);
    this.#server.unref();
    process.once('exit', () => {
      rmSync(this.#lockFile, { force: true });
      rmSync(socketPath, { force: true });
    });
  }
}
