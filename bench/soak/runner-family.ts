import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { RunnerProcess } from '../../tests/link/runner-process.ts';
import { childrenOf } from '../../tests/runner/session-process-of.ts';
import { runnerArgs, soakDefaults } from './defaults.ts';

/** How a runner is ended: a crash, an order to go once its clients have left, or the same order said twice. */
export type Ending = 'SIGKILL' | 'SIGTERM' | 'SIGTERM twice';

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

  /** The processes of its sessions crash. */
  killSessions(): void {
    for (const pid of this.#muster()) if (pid !== this.#runner.pid) process.kill(pid, 'SIGKILL');
  }

  async end(how: Ending): Promise<void> {
    this.#muster();
    if (how !== 'SIGTERM twice') return this.#runner.end(how);
    const ended = this.#runner.end('SIGTERM');
    await Promise.race([ended, pause(soakDefaults.secondSignalMs)]);
    await this.#runner.end('SIGTERM');
  }

  restart(how: Ending): Promise<void> {
    this.#lastRestart = this.#lastRestart.then(async () => {
      await this.end(how);
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
