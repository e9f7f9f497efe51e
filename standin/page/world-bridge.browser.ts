/**
 * Functions, promises and values across the two worlds of one document, as contextBridge carries them.
 * Messages go over synchronous CustomEvents, whose `detail` Chromium clones from world to world, so a call
 * can answer synchronously and neither world ever holds an object of the other.
 */
export type Carried =
  | { type: 'value'; value: unknown }
  | { type: 'function'; id: string }
  | { type: 'promise'; id: string }
  | { type: 'error'; message: string; stack: string }
  | { type: 'array'; items: Carried[] }
  | { type: 'object'; entries: [string, Carried][] };

export type BridgeMessage =
  | { kind: 'call'; id: string; call: string; args: Carried[] }
  | { kind: 'return'; call: string; ok: boolean; value: Carried }
  | { kind: 'settle'; id: string; ok: boolean; value: Carried };

/** Electron's own limit for nested values. */
const maxDepth = 1000;

type AnyFunction = (...args: unknown[]) => unknown;

interface Settle {
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

/** Errors keep message and stack and lose their class, as over Electron's bridge. */
const carryError = (error: unknown): Carried =>
  error instanceof Error
    ? { type: 'error', message: error.message, stack: error.stack ?? '' }
    : { type: 'error', message: String(error), stack: '' };

/** Class instances are cloned instead, and lose their prototype. */
function isPlainObject(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

export class WorldBridge {
  readonly #post: (message: BridgeMessage) => void;
  readonly #side: string;
  readonly #functions = new Map<string, AnyFunction>();
  readonly #functionIds = new WeakMap<AnyFunction, string>();
  readonly #returns = new Map<string, Extract<BridgeMessage, { kind: 'return' }>>();
  readonly #promises = new Map<string, Settle>();
  #lastId = 0;

  /** @param side One letter that keeps the ids of the two worlds apart. */
  constructor(side: string, post: (message: BridgeMessage) => void) {
    this.#side = side;
    this.#post = post;
  }

  /** For the channel: what the other world posted. */
  receive(message: BridgeMessage): void {
    switch (message.kind) {
      case 'call':
        this.#answer(message);
        break;
      case 'return':
        this.#returns.set(message.call, message);
        break;
      case 'settle':
        this.#settle(message);
        break;
      default:
        message satisfies never;
    }
  }

  /** @throws {Error} For symbols, cycles and what cannot be cloned. */
  carry(value: unknown, depth = 0): Carried {
    if (depth > maxDepth) throw new TypeError('Electron contextBridge recursion depth exceeded.');
    if (typeof value === 'function') return { type: 'function', id: this.#functionId(value as AnyFunction) };
    if (typeof value === 'symbol') throw new TypeError('An object could not be cloned.');
    if (value === null || typeof value !== 'object') return { type: 'value', value };
    if (value instanceof Promise) return { type: 'promise', id: this.#carryPromise(value) };
    if (value instanceof Error) return carryError(value);
    if (Array.isArray(value))
      return { type: 'array', items: value.map((item) => this.carry(item, depth + 1)) };
    if (isPlainObject(value))
      return {
        type: 'object',
        entries: Object.keys(value).map((key) => [key, this.carry(value[key], depth + 1)]),
      };
    return { type: 'value', value: structuredClone(value) };
  }

  /** Functions and promises become proxies for the other world's. */
  restore(carried: Carried): unknown {
    switch (carried.type) {
      case 'value':
        return carried.value;
      case 'function':
        return (...args: unknown[]) => this.#call(carried.id, args);
      case 'promise':
        return new Promise((resolve, reject) => this.#promises.set(carried.id, { resolve, reject }));
      case 'error':
        return Object.assign(new Error(carried.message), { stack: carried.stack });
      case 'array':
        return carried.items.map((item) => this.restore(item));
      case 'object':
        return Object.fromEntries(carried.entries.map(([key, item]) => [key, this.restore(item)]));
      default:
        return carried satisfies never;
    }
  }

  /** One id per function, so that it is carried once. */
  #functionId(value: AnyFunction): string {
    const known = this.#functionIds.get(value);
    if (known) return known;
    const id = this.#nextId();
    this.#functionIds.set(value, id);
    this.#functions.set(id, value);
    return id;
  }

  #nextId(): string {
    this.#lastId += 1;
    return `${this.#side}${this.#lastId}`;
  }

  #carryPromise(promise: Promise<unknown>): string {
    const id = this.#nextId();
    promise
      .then((value) => this.#post({ kind: 'settle', id, ok: true, value: this.carry(value) }))
      .catch((error: unknown) => this.#post({ kind: 'settle', id, ok: false, value: carryError(error) }));
    return id;
  }

  /** Synchronous: the event's listener in the other world has answered when `post` returns. */
  #call(id: string, args: unknown[]): unknown {
    const call = this.#nextId();
    this.#post({ kind: 'call', id, call, args: args.map((arg) => this.carry(arg)) });
    const answer = this.#returns.get(call);
    this.#returns.delete(call);
    if (!answer) throw new Error('contextBridge: the other world is gone');
    const value = this.restore(answer.value);
    if (!answer.ok) throw value;
    return value;
  }

  #answer({ id, call, args }: Extract<BridgeMessage, { kind: 'call' }>): void {
    try {
      const result = this.#functions.get(id)!(...args.map((arg) => this.restore(arg)));
      this.#post({ kind: 'return', call, ok: true, value: this.carry(result) });
    } catch (error) {
      this.#post({ kind: 'return', call, ok: false, value: carryError(error) });
    }
  }

  #settle({ id, ok, value }: Extract<BridgeMessage, { kind: 'settle' }>): void {
    const waiting = this.#promises.get(id);
    this.#promises.delete(id);
    if (ok) waiting?.resolve(this.restore(value));
    else waiting?.reject(this.restore(value));
  }
}
