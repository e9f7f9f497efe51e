import { fork, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { fail, type Result } from '../../../shared/result.ts';
import { endGraceMs, maxLogLineLength, startMs } from './defaults.ts';
import type { FromProcess, ProcessSetup, RequestKind, Requests, ToProcess } from './process-messages.ts';

export interface SessionProcessListener {
  message(message: Exclude<FromProcess, { type: 'started' | 'reply' }>): void;
  /** The process ended by itself. Told once, and never after `end()`. */
  lost(reason: string): void;
}

const entry = fileURLToPath(new URL('../media/session-main.ts', import.meta.url));

/** One child process, from its start to its end. */
export class SessionProcess {
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, (result: Result<unknown, string>) => void>();
  readonly #started = Promise.withResolvers<Result<null, string>>();
  readonly #exited: Promise<void>;
  #requests = 0;
  #phase: 'running' | 'ending' | 'gone' = 'running';
  #listener: SessionProcessListener | null = null;

  constructor(setup: ProcessSetup, log: (line: string) => void) {
    this.#child = fork(entry, [JSON.stringify(setup)], {
      serialization: 'advanced',
      // The parent's flags (an inspector's port, a test runner's loader) are not for the child.
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream) createInterface(stream).on('line', (line) => log(line.slice(0, maxLogLineLength)));
    }
    this.#child.on('message', (message: FromProcess) => this.#receive(message));
    // With a process that cannot be started there is no `exit`.
    this.#child.on('error', (error) => this.#gone(error.message));
    this.#exited = new Promise((resolve) => {
      this.#child.once('error', () => resolve());
      this.#child.once('exit', (code, signal) => {
        this.#gone(`exit ${signal ?? code}`);
        resolve();
      });
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get alive(): boolean {
    return this.#phase === 'running';
  }

  /** Resolves once the modules are loaded, or with what went wrong. */
  async started(): Promise<Result<null, string>> {
    const limit = setTimeout(() => {
      this.#started.resolve(fail(`the session's process did not start within ${startMs / 1000} s`));
    }, startMs);
    const outcome = await this.#started.promise;
    clearTimeout(limit);
    return outcome;
  }

  listen(listener: SessionProcessListener): void {
    this.#listener = listener;
  }

  /** Never rejects: a process that ends is a failed request. */
  request<Kind extends RequestKind>(
    kind: Kind,
    request: Requests[Kind]['request'],
  ): Promise<Result<Requests[Kind]['answer'], string>> {
    const { promise, resolve } = Promise.withResolvers<Result<unknown, string>>();
    if (this.#phase === 'running') {
      const id = ++this.#requests;
      this.#pending.set(id, resolve);
      this.#send({ type: 'request', id, kind, request } as ToProcess);
    } else {
      resolve(fail('the session has ended'));
    }
    return promise as Promise<Result<Requests[Kind]['answer'], string>>;
  }

  /** Ends the process: in order, or by force after `endGraceMs`. Resolves when it is gone. */
  async end(): Promise<void> {
    if (this.#phase === 'running') {
      this.#phase = 'ending';
      this.#send({ type: 'end' });
    }
    const limit = setTimeout(() => this.#child.kill('SIGKILL'), endGraceMs);
    await this.#exited;
    clearTimeout(limit);
  }

  #receive(message: FromProcess): void {
    switch (message.type) {
      case 'started':
        this.#started.resolve({ ok: true, value: null });
        return;
      case 'reply':
        this.#pending.get(message.id)?.(message.result);
        this.#pending.delete(message.id);
        return;
      default:
        if (this.#phase === 'running') this.#listener?.message(message);
    }
  }

  #gone(reason: string): void {
    const unexpected = this.#phase === 'running';
    this.#phase = 'gone';
    this.#started.resolve(fail(`the session's process ended at its start (${reason})`));
    for (const resolve of this.#pending.values()) resolve(fail(`the session's process ended (${reason})`));
    this.#pending.clear();
    if (unexpected) this.#listener?.lost(reason);
  }

  #send(message: ToProcess): void {
    // A write into the pipe of a process that has just died fails; its exit tells the rest.
    this.#child.send(message, () => undefined);
  }
}
