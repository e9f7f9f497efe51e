import type { ParameterValues } from '../../shared/wire/parameters.ts';

/**
 * The running pipeline's values as the user last set them. Everything is copied on the way in and out. What
 * changes while no channel is open waits, merged, and goes out when one opens.
 */
export class Parameters {
  #values: ParameterValues = {};
  /** Names changed since they were last handed to the runner. */
  #dirty = new Set<string>();

  /** Exactly these from now on, all of them still to be told to the runner. */
  replace(values: ParameterValues): void {
    this.#values = {};
    this.#dirty.clear();
    this.merge(values);
  }

  /** Another set takes the place of this one, with what waits in it. */
  adopt(other: Parameters): void {
    this.#values = structuredClone(other.#values);
    this.#dirty = new Set(other.#dirty);
  }

  /** Last write wins, value by value. */
  merge(values: ParameterValues): void {
    this.#values = { ...this.#values, ...structuredClone(values) };
    for (const name of Object.keys(values)) this.#dirty.add(name);
  }

  /** All values, for an offer. The runner knows them then, so nothing waits any more. */
  takeAll(): ParameterValues {
    this.#dirty.clear();
    return structuredClone(this.#values);
  }

  /** Hands what waits to `send`; it goes on waiting when `send` says no. */
  flush(send: (text: string) => boolean): void {
    if (this.#dirty.size === 0) return;
    const waiting = Object.fromEntries([...this.#dirty].map((name) => [name, this.#values[name]]));
    if (send(JSON.stringify(waiting))) this.#dirty.clear();
  }
}
