import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import path from 'node:path';

/** The server has the first core to itself, whoever loads it the second; null where there is only one. */
export const cores = cpus().length > 1 ? { server: 0, load: 1 } : { server: null, load: null };

/** What goes before a command to keep it, and all its children, on one core; nothing where the system cannot. */
export function pinned(core: number | null): string[] {
  if (core === null || spawnSync('taskset', ['--version']).status !== 0) return [];
  return ['taskset', '-c', String(core)];
}

/** A script of this folder in a process of its own that answers each message with one. */
export class LoadProcess<Message extends object, Answer> {
  readonly #child: ChildProcess;

  /** @param script Its file's name. */
  constructor(script: string) {
    const [execPath, ...execArgv] = [...pinned(cores.load), process.execPath];
    this.#child = fork(path.join(import.meta.dirname, script), { execPath, execArgv });
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** @throws {Error} If the process ends instead. */
  async ask(message: Message): Promise<Answer> {
    const done = new AbortController();
    const died = once(this.#child, 'exit', { signal: done.signal }).then(() => {
      throw new Error('the process that makes the load has ended');
    });
    // Of the two only one is waited for.
    died.catch(() => undefined);
    const answered = once(this.#child, 'message') as Promise<[Answer]>;
    this.#child.send(message);
    const [answer] = await Promise.race([answered, died]);
    done.abort();
    return answer;
  }

  end(): void {
    this.#child.kill();
  }
}
