type Listener = (...args: unknown[]) => void;

/** The `events` module of a sandboxed preload script. */
export class PreloadEmitter {
  readonly #listeners = new Map<string, { listener: Listener; once: boolean }[]>();

  on(event: string, listener: Listener): this {
    return this.#add(event, listener, false);
  }

  once(event: string, listener: Listener): this {
    return this.#add(event, listener, true);
  }

  /** Removes the newest of equal listeners, as Node does. */
  off(event: string, listener: Listener): this {
    const list = this.#listeners.get(event) ?? [];
    const index = list.findLastIndex((entry) => entry.listener === listener);
    if (index >= 0) list.splice(index, 1);
    return this;
  }

  addListener(event: string, listener: Listener): this {
    return this.on(event, listener);
  }

  removeListener(event: string, listener: Listener): this {
    return this.off(event, listener);
  }

  removeAllListeners(event?: string): this {
    if (event === undefined) this.#listeners.clear();
    else this.#listeners.delete(event);
    return this;
  }

  listenerCount(event: string): number {
    return this.#listeners.get(event)?.length ?? 0;
  }

  /** Listeners added or removed meanwhile do not count; one that throws ends the round. */
  emit(event: string, ...args: unknown[]): boolean {
    const list = [...(this.#listeners.get(event) ?? [])];
    for (const { listener, once } of list) {
      if (once) this.off(event, listener);
      Reflect.apply(listener, this, args);
    }
    return list.length > 0;
  }

  #add(event: string, listener: Listener, once: boolean): this {
    const list = this.#listeners.get(event) ?? [];
    list.push({ listener, once });
    this.#listeners.set(event, list);
    return this;
  }
}
