import type { ParameterValues } from '../../shared/wire/parameters.ts';

type Send = (pipelineId: string, values: ParameterValues) => void;

/**
 * Gathers parameter changes and sends them at most once per turn of `schedule` (an animation frame), last
 * write wins, changed names only. A slider that is dragged gives hundreds of events a second.
 */
export class ParameterOutbox {
  readonly #send: Send;
  readonly #schedule: (run: () => void) => void;
  #pending = new Map<string, ParameterValues>();
  #scheduled = false;

  constructor(send: Send, schedule: (run: () => void) => void) {
    this.#send = send;
    this.#schedule = schedule;
  }

  put(pipelineId: string, values: ParameterValues): void {
    this.#pending.set(pipelineId, { ...this.#pending.get(pipelineId), ...values });
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#schedule(() => this.flush());
  }

  /** Sends what waits now: before the link starts or moves, so that nothing overtakes it. */
  flush(): void {
    this.#scheduled = false;
    const pending = this.#pending;
    this.#pending = new Map();
    for (const [pipelineId, values] of pending) this.#send(pipelineId, values);
  }
}
