import type { ParameterValues } from '../../shared/wire/parameters.ts';

type Send = (pipelineId: string, values: ParameterValues) => void;

/**
 * Sends parameter changes: the first at once, so that nothing is lost however soon the app ends, and what follows
 * within the same turn of `schedule` together at its end, last write wins, changed names only. A slider that is dragged
 * gives hundreds of events a second.
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
    if (!this.#scheduled) this.#turn();
  }

  /** Sends what waits now: before the link starts or moves, so that nothing overtakes it. */
  flush(): void {
    const pending = this.#pending;
    this.#pending = new Map();
    for (const [pipelineId, values] of pending) this.#send(pipelineId, values);
  }

  /** One turn after the other for as long as there is something to send. */
  #turn(): void {
    this.#scheduled = this.#pending.size > 0;
    if (!this.#scheduled) return;
    this.flush();
    this.#schedule(() => this.#turn());
  }
}
