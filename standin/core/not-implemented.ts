/**
 * The rule of the house: an Electron member, event or option that the stand-in lacks throws with its name.
 * Nothing is a silent no-op, so a suite that is green here did not skip a call.
 */
export class NotImplementedError extends Error {
  readonly what: string;

  constructor(what: string) {
    super(
      `stand-in: ${what} is not implemented. Implement it in standin/api/ (see standin/README.md) or do without it.`,
    );
    this.name = 'NotImplementedError';
    this.what = what;
  }
}

/** Names that the language, Node and test tools look up on any object; an absent one is just undefined. */
const lookedUpAnywhere = new Set([
  'then',
  'toJSON',
  'inspect',
  'nodeType',
  'asymmetricMatch',
  '$$typeof',
  '__esModule',
  'default',
  'domain',
]);

function ownerName(receiver: object, fallback: string): string {
  if (fallback !== '') return fallback;
  const prototype: unknown = Object.getPrototypeOf(receiver);
  const holder = typeof receiver === 'function' ? receiver : (prototype as object).constructor;
  return (holder as { name: string }).name;
}

/**
 * A prototype that ends the chain of an Electron object: it serves what `base` has and throws for the rest.
 * As a link of the prototype chain (instead of a proxy around the object) it keeps private fields working
 * and costs nothing for members that exist.
 *
 * @param owner The object's name in messages; '' takes the name of the receiver's class.
 */
export function throwingPrototype<Base extends object>(base: Base, owner = ''): Base {
  const passes = (property: string | symbol): boolean =>
    typeof property === 'symbol' || property in base || lookedUpAnywhere.has(property);
  return new Proxy(base, {
    get(target, property, receiver: object): unknown {
      if (passes(property)) return Reflect.get(target, property, receiver);
      throw new NotImplementedError(`${ownerName(receiver, owner)}.${String(property)}`);
    },
    set(target, property, value, receiver: object): boolean {
      if (passes(property)) return Reflect.set(target, property, value, receiver);
      throw new NotImplementedError(`${ownerName(receiver, owner)}.${String(property)} (assignment)`);
    },
  });
}

/** Makes a plain object (a module such as `shell`) throw for members it lacks. */
export function strictModule<Members extends object>(name: string, members: Members): Members {
  return Object.setPrototypeOf(members, throwingPrototype({}, name)) as Members;
}

/** A module that the stand-in does not have at all: importing it is fine, using it throws. */
export function missingModule(name: string): object {
  const fail = (): never => {
    throw new NotImplementedError(name);
  };
  return new Proxy(function missing() {}, {
    apply: fail,
    construct: fail,
    get(_target, property): unknown {
      if (typeof property === 'symbol' || property === 'prototype' || lookedUpAnywhere.has(property))
        return undefined;
      throw new NotImplementedError(`${name}.${property}`);
    },
  });
}
