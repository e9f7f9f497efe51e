import { existsSync } from 'node:fs';
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

  /** Starts the spare process unless there is one. That it cannot be started is no harm before one is needed. */
  warm(): void {
    if (this.#closed || this.#spareIsFit()) return;
    this.#dropSpare();
    this.#spare = this.#make();
  }

  /** The spare process, or a new one that is only starting; null if none can be started, which is logged. */
  take(): SessionProcess | null {
    if (!this.#spareIsFit()) this.#dropSpare();
    const taken = this.#spare ?? this.#make();
    this.#spare = null;
    return taken;
  }

  /** Ends the spare process; those taken are their sessions' business. */
  async close(): Promise<void> {
    this.#closed = true;
    const spare = this.#spare;
    this.#spare = null;
    await spare?.end();
  }

  /** Its folder may have been cleared away while it waited, as folders for temporary files are. */
  #spareIsFit(): boolean {
    return this.#spare !== null && this.#spare.alive && existsSync(this.#spare.folder);
  }

  /** One that died in reserve leaves its folder. */
  #dropSpare(): void {
    void this.#spare?.end();
    this.#spare = null;
  }

  #make(): SessionProcess | null {
    const { runnerFolder, ...options } = this.#making;
    try {
      return new SessionProcess({ ...options, folder: makeSessionFolder(runnerFolder) });
    } catch (error) {
      // A full disk, for one.
      options.log(`No process could be started: ${String(error)}`);
      return null;
    }
  }
}
