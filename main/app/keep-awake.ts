import type { LinkPhase } from '../../shared/link/state.ts';

/** Electron's `powerSaveBlocker`. */
export interface PowerSaveBlocker {
  start(type: 'prevent-app-suspension' | 'prevent-display-sleep'): number;
  stop(id: number): unknown;
}

/**
 * Keeps the screen on while the link is up, be it degraded, and only then. A link that recovers lets the machine sleep:
 * nobody knows for how long it will.
 */
export class KeepAwake {
  readonly #blocker: PowerSaveBlocker;
  #block: number | null = null;

  constructor(blocker: PowerSaveBlocker) {
    this.#blocker = blocker;
  }

  follow(phase: LinkPhase): void {
    if (phase === 'live' || phase === 'degraded') {
      this.#block ??= this.#blocker.start('prevent-display-sleep');
    } else if (this.#block !== null) {
      this.#blocker.stop(this.#block);
      this.#block = null;
    }
  }
}
