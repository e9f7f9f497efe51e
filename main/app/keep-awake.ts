import { isMadeHere, type Shown } from '../../shared/bridge/shown.ts';
import type { LinkPhase } from '../../shared/link/state.ts';

/** Electron's `powerSaveBlocker`. */
export interface PowerSaveBlocker {
  start(type: 'prevent-app-suspension' | 'prevent-display-sleep'): number;
  stop(id: number): unknown;
}

/**
 * Keeps the screen on while the link is up, be it degraded, or a local picture is shown, and only then. A link that
 * recovers lets the machine sleep: nobody knows for how long it will.
 */
export class KeepAwake {
  readonly #blocker: PowerSaveBlocker;
  #block: number | null = null;
  #phase: LinkPhase = 'idle';
  #local = false;

  constructor(blocker: PowerSaveBlocker) {
    this.#blocker = blocker;
  }

  follow(phase: LinkPhase): void {
    this.#phase = phase;
    this.#settle();
  }

  /** A local picture keeps the screen on by itself: it needs no link. */
  showing(shown: Shown): void {
    this.#local = isMadeHere(shown);
    this.#settle();
  }

  #settle(): void {
    if (this.#local || this.#phase === 'live' || this.#phase === 'degraded') {
      this.#block ??= this.#blocker.start('prevent-display-sleep');
    } else if (this.#block !== null) {
      this.#blocker.stop(this.#block);
      this.#block = null;
    }
  }
}
