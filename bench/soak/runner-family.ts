import { readFileSync } from 'node:fs';
import { RunnerProcess } from '../../tests/link/runner-process.ts';
import { childrenOf } from '../../tests/runner/session-process-of.ts';
import { runnerArgs } from './defaults.ts';

/** A runner that dies and comes back at one address, and all the processes that it ever had. */
export class RunnerFamily {
  #runner: RunnerProcess;
  readonly #members = new Set<number>();
  /** Restarts come one after the other, or two runners would want the same port. */
  #lastRestart: Promise<void> = Promise.resolve();

  private constructor(runner: RunnerProcess) {
    this.#runner = runner;
  }

  static async start(): Promise<RunnerFamily> {
    return new RunnerFamily(await RunnerProcess.start(0, runnerArgs));
  }

  get port(): number {
    return this.#runner.port;
  }

  /** The runner and the processes of its sessions stand still, as when their machine does. */
  standStill(): void {
    for (const pid of this.#muster()) process.kill(pid, 'SIGSTOP');
  }

  /** Whatever stands still goes on, also if its runner was killed meanwhile. */
  goOn(): void {
    this.#muster();
    for (const pid of this.left()) process.kill(pid, 'SIGCONT');
  }

  async end(name: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    this.#muster();
    await this.#runner.end(name);
  }

  restart(name: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    this.#lastRestart = this.#lastRestart.then(async () => {
      await this.end(name);
      this.#runner = await RunnerProcess.start(this.port, runnerArgs);
    });
    return this.#lastRestart;
  }

  /** Processes of any of its lives that are still there. */
  left(): number[] {
    return [...this.#members].filter((pid) => isOurs(pid));
  }

  /** Ends whatever is left, for a soak that failed. */
  bury(): void {
    this.#muster();
    for (const pid of this.left()) process.kill(pid, 'SIGKILL');
  }

  #muster(): number[] {
    const { pid } = this.#runner;
    const now = [pid, ...childrenOf(pid)].filter((member) => isOurs(member));
    for (const member of now) this.#members.add(member);
    return now;
  }
}

/** Whether it is (still) a runner's process: numbers are given to others after a while. */
function isOurs(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('/runner/src/');
  } catch {
    // It has gone.
    return false;
  }
}
