import type { Fault } from '../../shared/link/fault.ts';
import type { Result } from '../../shared/result.ts';

type Load = () => Promise<void>;

/**
 * Loads one after the other on one runner. Of those that arrive while one is under way only the last is
 * carried out: whoever clicks through a list wants the one they stop at.
 */
export class PipelineSwitch {
  #running = false;
  #next: Load | null = null;

  /** Whether a load is under way. */
  get isBusy(): boolean {
    return this.#running;
  }

  /** @param done Not called for a load that a later one overtook before it began. */
  request(load: () => Promise<Result<null, Fault>>, done: (outcome: Result<null, Fault>) => void): void {
    this.#next = async () => done(await load());
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    try {
      for (let load = this.#take(); load !== null; load = this.#take()) {
        // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
        await load();
      }
    } finally {
      this.#running = false;
    }
  }

  #take(): Load | null {
    const load = this.#next;
    this.#next = null;
    return load;
  }
}
