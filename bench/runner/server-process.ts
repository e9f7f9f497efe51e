import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pinned } from './pinned-process.ts';

const command = path.join(import.meta.dirname, '../../runner/bin/linkspan-runner.mjs');
const bareServer = path.join(import.meta.dirname, 'bare-server.ts');

/** Clock ticks in which Linux counts CPU time, on all its architectures. */
const ticksPerSecond = 100;

const running = new Set<ChildProcess>();

/** A server under measurement, in a process of its own, as its user starts it. */
export class ServerProcess {
  /** Its WebSocket address. */
  readonly url: string;
  readonly pid: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.pid = child.pid!;
    this.url = url;
  }

  /**
   * @param args Options of the runner beside those that a benchmark needs.
   * @param core Keeps it and its sessions on one core; null leaves them to the scheduler.
   */
  static runner(args: readonly string[] = [], core: number | null = null): Promise<ServerProcess> {
    // A stop need not wait for the clients of a benchmark.
    const own = ['--port', '0', '--json-ready', '--log-level', 'error', '--drain-timeout', '0'];
    return ServerProcess.#start([command, ...own, ...args], core);
  }

  /** The bare `ws` server. */
  static bare(core: number | null = null): Promise<ServerProcess> {
    return ServerProcess.#start([bareServer], core);
  }

  static async #start(script: readonly string[], core: number | null): Promise<ServerProcess> {
    const [file, ...args] = [...pinned(core), process.execPath, ...script];
    const child = spawn(file!, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    running.add(child);
    child.once('exit', () => running.delete(child));
    const listening = once(createInterface(child.stdout), 'line') as Promise<[string]>;
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`the server did not start (exit ${String(code)})`);
    });
    // It does end, later.
    ended.catch(() => undefined);
    const [line] = await Promise.race([listening, ended]);
    return new ServerProcess(child, (JSON.parse(line) as { url: string }).url);
  }

  get httpUrl(): string {
    return new URL(this.url).origin.replace(/^ws/, 'http');
  }

  /** Resident memory of the process itself, MiB. */
  get residentMiB(): number {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+)/m.exec(status)![1]) / 1024;
  }

  /** Its own metrics by name and labels, as in `nodejs_eventloop_lag_p99_seconds` or `frames{slot="0"}`. */
  async metrics(): Promise<ReadonlyMap<string, number>> {
    const response = await fetch(`${this.httpUrl}/metrics`, { headers: { connection: 'close' } });
    const lines = (await response.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Map(
      lines.map((line) => {
        const gap = line.lastIndexOf(' ');
        return [line.slice(0, gap), Number(line.slice(gap + 1))];
      }),
    );
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await exited;
  }
}

/** CPU time that a process has taken so far, all its threads together, in seconds to 10 ms; 0 once it is gone. */
export function cpuSeconds(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH'].includes(String(error.code)))
      return 0;
    throw error;
  }
}

// Servers must not outlive a benchmark that fails, nor one that `npm run bench` ends for taking too long.
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
process.once('SIGTERM', () => process.exit(1));
