import { SessionProcess, type SessionProcessOptions } from './session-process.ts';
import { makeSessionFolder } from './session-folder.ts';

export type ProcessMaking = Pick<SessionProcessOptions, 'setup' | 'remove' | 'log' | 'entry'> & {
  /** The runner's folder, in which each process gets its own. */
  runnerFolder: string;
};

/** Keeps one started process in reserve, so that a session begins without the 0.5 s that a start takes. */
export class WarmProcesses {
  readonly #making: ProcessMaking;
  #spare: SessionProcess | null = null;
  #closed = false;

  constructor(making: ProcessMaking) {
    this.#making = making;
  }

  /** Starts the spare process unless there is one. */
  warm(): void {
    if (this.#closed || this.#spare?.alive) return;
    // One that died in reserve leaves its folder.
    void this.#spare?.end();
    this.#spare = this.#make();
  }

  /** The spare process, or a new one that is only starting. */
  take(): SessionProcess {
    const spare = this.#spare?.alive ? this.#spare : this.#make();
    if (this.#spare !== spare) void this.#spare?.end();
    this.#spare = null;
    return spare;
  }

  /** Ends the spare process; those taken are their sessions' business. */
  async close(): Promise<void> {
    this.#closed = true;
    const spare = this.#spare;
    this.#spare = null;
    await spare?.end();
  }

  #make(): SessionProcess {
    const { runnerFolder, ...options } = this.#making;
    return new SessionProcess({ ...options, folder: makeSessionFolder(runnerFolder) });
  }
}
