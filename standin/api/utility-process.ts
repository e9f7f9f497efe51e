import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { acceptOptions } from '../core/accept-options.ts';
import { strictModule } from '../core/not-implemented.ts';
import { runtime } from '../core/runtime.ts';
import { StrictEmitter } from '../core/strict-emitter.ts';

/** `serviceName` and `allowLoadingUnsignedLibraries` have no meaning here. */
export const forkOptions = [
  'env',
  'execArgv',
  'cwd',
  'stdio',
  'serviceName',
  'allowLoadingUnsignedLibraries',
];

type UtilityMembers = Pick<Electron.UtilityProcess, 'kill' | 'pid' | 'stderr' | 'stdout'>;

/** A Node process with `process.parentPort`; messages are structured clones, ports cannot be sent. */
export class UtilityProcess extends StrictEmitter implements UtilityMembers {
  static override readonly events = ['error', 'exit', 'message', 'spawn'];
  readonly #child: ChildProcess;

  constructor(modulePath: string, args: string[], options: Electron.ForkOptions) {
    super();
    acceptOptions('utilityProcess.fork', options, forkOptions);
    this.#child = fork(modulePath, args, {
      execPath: runtime().nodeExecutable,
      execArgv: [
        '--require',
        path.join(runtime().scriptsDirectory, 'utility.cjs'),
        ...(options.execArgv ?? []),
      ],
      env: (options.env ?? process.env) as NodeJS.ProcessEnv,
      cwd: options.cwd,
      silent: options.stdio === 'pipe',
      serialization: 'advanced',
    });
    this.#child.on('spawn', () => this.emit('spawn'));
    this.#child.on('message', (message) => this.emit('message', message));
    this.#child.on('exit', (code) => this.emit('exit', code ?? 1));
  }

  /** Undefined once the process has ended, as in Electron. */
  get pid(): number | undefined {
    return this.#child.exitCode === null && this.#child.signalCode === null ? this.#child.pid : undefined;
  }

  get stdout(): Readable | null {
    return this.#child.stdout;
  }

  get stderr(): Readable | null {
    return this.#child.stderr;
  }

  /** @throws {Error} When ports are to be transferred, or the message cannot be cloned. */
  postMessage(message: unknown, transfer: unknown[] = []): void {
    if (transfer.length > 0) throw new Error('stand-in: utilityProcess.postMessage cannot transfer ports');
    this.#child.send(message as object);
  }

  /** Asks by SIGTERM. The child also ends by itself when this process does (boot/utility.ts). */
  kill(): boolean {
    return this.#child.kill();
  }
}

export const utilityProcess = strictModule('utilityProcess', {
  fork: (modulePath: string, args: string[] = [], options: Electron.ForkOptions = {}): UtilityProcess =>
    new UtilityProcess(modulePath, args, options),
});
