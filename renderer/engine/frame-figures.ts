import { figuresMs } from './frame-defaults.ts';
import type { LocalFigures } from './local-state.ts';
import { median } from './median.ts';

/** Sums up what frames cost, a second at a time. */
export class FrameFigures {
  #sinceMs: number | null = null;
  #runs: number[] = [];
  #frames: number[] = [];

  /** Forgets the second that has begun: frames were not wanted for a while, or another model makes them. */
  startAnew(): void {
    this.#sinceMs = null;
    this.#runs = [];
    this.#frames = [];
  }

  /**
   * A frame was handed out.
   *
   * @param nowMs A monotonic clock's milliseconds.
   * @returns The figures, when a second is full.
   */
  add(runMs: number, frameMs: number, nowMs: number): LocalFigures | null {
    if (this.#sinceMs === null) {
      this.#sinceMs = nowMs;
      return null;
    }
    this.#runs.push(runMs);
    this.#frames.push(frameMs);
    const elapsedMs = nowMs - this.#sinceMs;
    if (elapsedMs < figuresMs) return null;
    const fps = (this.#runs.length * 1000) / elapsedMs;
    const figures = { fps, runMs: median(this.#runs), frameMs: median(this.#frames) };
    this.startAnew();
    this.#sinceMs = nowMs;
    return figures;
  }
}
