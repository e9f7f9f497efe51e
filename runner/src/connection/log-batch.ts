import type { Clock } from '../clock.ts';
import { maxLogLineLength } from '../session/defaults.ts';
import { logBatch, maxWaitingLogLines } from './defaults.ts';

/** Collects a session's log lines for its client; what comes too fast is left out, and that is said. */
export class LogBatch {
  readonly #clock: Clock;
  readonly #send: (lines: string[]) => void;
  readonly #waiting: string[] = [];
  #leftOut = 0;
  #stopTimer: (() => void) | null = null;

  constructor(clock: Clock, send: (lines: string[]) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  /** @returns Whether there was room for it. A long line is cut. */
  add(line: string): boolean {
    if (this.#waiting.length >= maxWaitingLogLines) {
      this.#leftOut += 1;
      return false;
    }
    this.#sayWhatIsMissing();
    this.#waiting.push(line.slice(0, maxLogLineLength));
    this.#arm();
    return true;
  }

  stop(): void {
    this.#stopTimer?.();
    this.#stopTimer = null;
  }

  #arm(): void {
    this.#stopTimer ??= this.#clock.after(logBatch.everyMs, () => {
      this.#stopTimer = null;
      this.#send(this.#waiting.splice(0, logBatch.lines));
      this.#sayWhatIsMissing();
      if (this.#waiting.length > 0) this.#arm();
    });
  }

  /** In the place of the lines, so that the order tells when it happened. */
  #sayWhatIsMissing(): void {
    if (this.#leftOut === 0) return;
    this.#waiting.push(`(${this.#leftOut} lines left out)`);
    this.#leftOut = 0;
  }
}
