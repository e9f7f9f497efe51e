import type { ProcessSetup } from './process-messages.ts';
import { SessionProcess } from './session-process.ts';

/** Keeps one started process in reserve, so that a session begins without the 0.5 s that a start takes. */
export class WarmProcesses {
  readonly #setup: ProcessSetup;
  readonly #log: (line: string) => void;
  readonly #ending = new Set<Promise<void>>();
  #spare: SessionProcess | null = null;
  #closed = false;

  constructor(setup: ProcessSetup, log: (line: string) => void) {
    this.#setup = setup;
    this.#log = log;
  }

  /** Starts the spare process unless there is one. */
  warm(): void {
    if (this.#closed || this.#spare?.alive) return;
    this.#spare = this.#make();
  }

  /** The spare process, or a new one that is only starting. */
  take(): SessionProcess {
    const spare = this.#spare?.alive ? this.#spare : this.#make();
    this.#spare = null;
    return spare;
  }

  /** Ends the spare process; those taken are their sessions' business. */
  async close(): Promise<void> {
    this.#closed = true;
    const spare = this.#spare;
    this.#spare = null;
    if (spare) this.#ending.add(spare.end());
    await Promise.all(this.#ending);
  }

  #make(): SessionProcess {
    return new SessionProcess(this.#setup, this.#log);
  }
}
