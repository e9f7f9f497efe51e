import { Session } from './session.ts';
import type { SessionProcess } from './session-process.ts';

/** The right to the runner's session, from taking the slot to releasing it. */
export interface Lease {
  /** Whose it is: a connection's id. */
  readonly owner: string;
  /** There once the process of the session before is gone. */
  readonly session: Promise<Session>;
}

interface Held extends Lease {
  current: Session | null;
}

/**
 * The runner's one place for a session. A newcomer may take it as soon as its holder has let go, but gets its
 * session only when the one before has ended for good, so that two never overlap.
 */
export class Slot {
  readonly #takeProcess: () => SessionProcess;
  #held: Held | null = null;
  #cleared: Promise<void> = Promise.resolve();

  constructor(takeProcess: () => SessionProcess) {
    this.#takeProcess = takeProcess;
  }

  get free(): boolean {
    return this.#held === null;
  }

  /** The present session, if it has begun. */
  get current(): Session | null {
    return this.#held?.current ?? null;
  }

  get owner(): string | null {
    return this.#held?.owner ?? null;
  }

  /** @returns Null when somebody else has it. */
  take(owner: string): Lease | null {
    if (this.#held !== null) return null;
    const session = this.#begin();
    const held: Held = { owner, current: null, session };
    void session.then((begun) => {
      held.current = begun;
    });
    this.#held = held;
    return held;
  }

  /** Ends the session; resolves when its process is gone. Harmless when the lease has ended already. */
  async release(lease: Lease): Promise<void> {
    if (this.#held === lease) {
      this.#held = null;
      this.#cleared = end(lease);
    }
    await this.#cleared;
  }

  async #begin(): Promise<Session> {
    await this.#cleared;
    return new Session(this.#takeProcess());
  }
}

async function end(lease: Lease): Promise<void> {
  const session = await lease.session;
  await session.end();
}
