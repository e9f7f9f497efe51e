import { fork, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { fail, type Result } from '../../../shared/result.ts';
import { endGraceMs, killMs, maxLogLineLength, removeMs, startMs } from './defaults.ts';
import type { FromProcess, ProcessSetup, RequestKind, Requests, ToProcess } from './process-messages.ts';
import type { Remove } from './session-folder.ts';

export interface SessionProcessListener {
  message(message: Exclude<FromProcess, { type: 'started' | 'reply' }>): void;
  /** The process ended by itself. Told once, and never after `end()`. */
  lost(reason: string): void;
}

export interface SessionProcessOptions {
  setup: ProcessSetup;
  /** The process's working directory and place for temporary files; removed with it. */
  folder: string;
  remove: Remove;
  log: (line: string) => void;
  /** The script that it runs, `runner/src/media/session-main.ts` unless a test has another. */
  entry?: string | undefined;
}

const sessionMain = fileURLToPath(new URL('../media/session-main.ts', import.meta.url));

/** One child process with its folder, from its start to its end. */
export class SessionProcess {
  readonly folder: string;
  readonly #options: SessionProcessOptions;
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, (result: Result<unknown, string>) => void>();
  readonly #exited: Promise<void>;
  readonly #startLimit: NodeJS.Timeout;
  #requests = 0;
  #phase: 'running' | 'ending' | 'gone' = 'running';
  #ended: Promise<void> | null = null;
  #listener: SessionProcessListener | null = null;

  constructor(options: SessionProcessOptions) {
    const { setup, folder, log, entry } = options;
    this.folder = folder;
    this.#options = options;
    this.#child = fork(entry ?? sessionMain, [JSON.stringify(setup)], {
      serialization: 'advanced',
      cwd: folder,
      env: { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder },
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
    this.#startLimit = setTimeout(() => {
      log(`The session's process did not start within ${startMs / 1000} s`);
      this.#child.kill('SIGKILL');
    }, startMs);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get alive(): boolean {
    return this.#phase === 'running';
  }

  listen(listener: SessionProcessListener): void {
    this.#listener = listener;
  }

  /** Never rejects: a process that ends is a failed request. Requests are kept until it has started. */
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

  /**
   * Ends the process, in order or by force after `endGraceMs`, and removes its folder. Resolves when both are
   * gone; what cannot be got rid of in time is left and logged (A41: within 10 s).
   */
  end(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    if (this.#phase === 'running') {
      this.#phase = 'ending';
      this.#send({ type: 'end' });
    }
    if (!(await within(endGraceMs, this.#exited))) {
      this.#child.kill('SIGKILL');
      if (!(await within(killMs, this.#exited))) {
        this.#options.log(`Process ${this.pid} was killed and has not gone; its slot is given on`);
      }
    }
    clearTimeout(this.#startLimit);
    await this.#removeFolder();
  }

  async #removeFolder(): Promise<void> {
    const { folder, remove, log } = this.#options;
    try {
      if (!(await within(removeMs, remove(folder)))) log(`${folder} could not be removed in time`);
    } catch (error) {
      log(`${folder} could not be removed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #receive(message: FromProcess): void {
    switch (message.type) {
      case 'started':
        clearTimeout(this.#startLimit);
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
    clearTimeout(this.#startLimit);
    for (const resolve of this.#pending.values()) resolve(fail(`the session's process ended (${reason})`));
    this.#pending.clear();
    if (unexpected) this.#listener?.lost(reason);
  }

  #send(message: ToProcess): void {
    // A write into the pipe of a process that has just died fails; its exit tells the rest.
    this.#child.send(message, () => undefined);
  }
}

/** Whether it is done within `ms` milliseconds. @throws What it rejects with. */
async function within(ms: number, done: Promise<void>): Promise<boolean> {
  const limit = new AbortController();
  try {
    return await Promise.race([
      done.then(() => true),
      delay(ms, false, { signal: limit.signal }).catch(() => false),
    ]);
  } finally {
    limit.abort();
  }
}
