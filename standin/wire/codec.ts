/**
 * Carries structured-cloneable values through JSON, because the way between the Node process and a page is
 * text. Both ends run `structuredClone` first, so what real Electron rejects never arrives here.
 */
export interface Codec {
  encode(value: unknown): Encoded;
  decode(value: Encoded): unknown;
}

export interface Base64 {
  encode(bytes: Uint8Array): string;
  decode(text: string): Uint8Array<ArrayBuffer>;
}

/** JSON primitives stand for themselves; an array is `[tag, payload…]`. */
export type Encoded = null | boolean | string | number | EncodedObject;
interface EncodedObject extends Array<EncodedPayload> {
  0: string;
}
type EncodedPayload = Encoded | Encoded[] | [string, Encoded][] | [Encoded, Encoded][];

const errorTypes: Record<string, ErrorConstructor> = {
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
};

type ViewConstructor = new (buffer: ArrayBuffer) => ArrayBufferView;

/** Numbers that JSON does not have. */
const isSpecialNumber = (value: number): boolean => !Number.isFinite(value) || Object.is(value, -0);

export function createCodec(base64: Base64): Codec {
  return {
    encode: (value) => new Encoder(base64).encode(value),
    decode: (value) => new Decoder(base64).decode(value),
  };
}

/** One value's walk; `seen` keeps identity and cycles. */
class Encoder {
  readonly #base64: Base64;
  readonly #seen = new Map<object, number>();

  constructor(base64: Base64) {
    this.#base64 = base64;
  }

  encode(value: unknown): Encoded {
    switch (typeof value) {
      case 'undefined':
        return ['undefined'];
      case 'boolean':
      case 'string':
        return value;
      case 'number':
        return isSpecialNumber(value) ? ['number', Object.is(value, -0) ? '-0' : String(value)] : value;
      case 'bigint':
        return ['bigint', String(value)];
      case 'object':
        return value === null ? null : this.#encodeObject(value);
      default:
        throw new TypeError('An object could not be cloned.');
    }
  }

  /** By class; whatever else is left after cloning is a plain object. */
  #encodeObject(value: object): Encoded {
    const known = this.#seen.get(value);
    if (known !== undefined) return ['same', known];
    this.#seen.set(value, this.#seen.size);
    if (Array.isArray(value)) return ['array', Array.from(value, (item) => this.encode(item))];
    if (value instanceof Date) return ['date', String(value.getTime())]; // NaN has no JSON
    if (value instanceof RegExp) return ['regexp', value.source, value.flags];
    if (value instanceof Map)
      return [
        'map',
        Array.from(value, ([key, item]): [Encoded, Encoded] => [this.encode(key), this.encode(item)]),
      ];
    if (value instanceof Set) return ['set', Array.from(value, (item) => this.encode(item))];
    if (value instanceof ArrayBuffer) return ['buffer', this.#base64.encode(new Uint8Array(value))];
    if (ArrayBuffer.isView(value)) {
      const name = value.constructor.name === 'Buffer' ? 'Uint8Array' : value.constructor.name;
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      return ['view', name, this.#base64.encode(bytes)];
    }
    if (value instanceof Error) return ['error', value.name, value.message, value.stack ?? ''];
    return [
      'object',
      Object.entries(value).map(([key, item]): [string, Encoded] => [key, this.encode(item)]),
    ];
  }
}

class Decoder {
  readonly #base64: Base64;
  readonly #seen: unknown[] = [];

  constructor(base64: Base64) {
    this.#base64 = base64;
  }

  decode(value: Encoded): unknown {
    if (!Array.isArray(value)) return value;
    const [tag, first, second, third] = value;
    switch (tag) {
      case 'undefined':
        return undefined;
      case 'number':
        return first === '-0' ? -0 : Number(first);
      case 'bigint':
        return BigInt(String(first));
      case 'same':
        return this.#seen[Number(first)];
      default:
        return this.#decodeObject(tag, first, second, third);
    }
  }

  /** Containers are remembered before their contents are read, as the encoder counted them. */
  #decodeObject(tag: string, first: unknown, second: unknown, third: unknown): unknown {
    switch (tag) {
      case 'array': {
        const list = this.#remember<unknown[]>([]);
        for (const item of first as Encoded[]) list.push(this.decode(item));
        return list;
      }
      case 'date':
        return this.#remember(new Date(Number(first)));
      case 'regexp':
        return this.#remember(new RegExp(String(first), String(second)));
      case 'map': {
        const map = this.#remember(new Map<unknown, unknown>());
        for (const [key, item] of first as [Encoded, Encoded][]) map.set(this.decode(key), this.decode(item));
        return map;
      }
      case 'set': {
        const set = this.#remember(new Set<unknown>());
        for (const item of first as Encoded[]) set.add(this.decode(item));
        return set;
      }
      case 'buffer':
        return this.#remember(this.#base64.decode(String(first)).buffer);
      case 'view': {
        const bytes = this.#base64.decode(String(second));
        const View = (globalThis as unknown as Record<string, ViewConstructor>)[String(first)]!;
        return this.#remember(new View(bytes.buffer));
      }
      case 'error':
        return this.#remember(rebuildError(String(first), String(second), String(third)));
      case 'object': {
        const object = this.#remember<Record<string, unknown>>({});
        for (const [key, item] of first as [string, Encoded][]) define(object, key, this.decode(item));
        return object;
      }
      default:
        throw new TypeError(`codec: unknown tag '${tag}'`);
    }
  }

  #remember<Value>(value: Value): Value {
    this.#seen.push(value);
    return value;
  }
}

/** Not an assignment: a key `__proto__` would change the prototype. */
function define(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

function rebuildError(name: string, message: string, stack: string): Error {
  const error = new (errorTypes[name] ?? Error)(message);
  error.stack = stack;
  return error;
}
