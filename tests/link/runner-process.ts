import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

const main = path.join(import.meta.dirname, '../../runner/src/main.ts');

/** A runner as its user starts it, in a process of its own, so that it can be killed. */
export class RunnerProcess {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
  }

  /** @param port 0 for any free one. */
  static async start(port = 0, args: readonly string[] = []): Promise<RunnerProcess> {
    const child = spawn(
      process.execPath,
      [main, '--port', String(port), '--json-ready', '--drain-timeout', '0', '--log-level', 'error', ...args],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const line = await Promise.race([
      once(createInterface(child.stdout), 'line').then(([text]) => text as string),
      once(child, 'exit').then(() => null),
    ]);
    if (line === null) throw new Error('The runner ended before it was ready.');
    return new RunnerProcess(child, (JSON.parse(line) as { url: string }).url);
  }

  get pid(): number {
    return this.#child.pid!;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill(signal);
    await exited;
  }
}
