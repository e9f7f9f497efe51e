import { crashLimit, crashWindowMs } from './defaults.ts';

/** How often a model brought its worker down of late. One that crashes once a day is started again each time. */
export class CrashCount {
  #times: number[] = [];

  /**
   * @param nowMs By a clock that never jumps.
   * @returns Whether that was once too often.
   */
  add(nowMs: number): boolean {
    this.#times = [...this.#times.filter((time) => nowMs - time < crashWindowMs), nowMs];
    return this.#times.length >= crashLimit;
  }
}
