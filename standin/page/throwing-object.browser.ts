const lookedUpAnywhere = new Set<string | symbol>(['then', 'toJSON', 'default', '__esModule']);

/** An object of the preload environment that throws for members it lacks, as the main process's do. */
export function throwingObject<Members extends object>(name: string, members: Members): Members {
  return new Proxy(members, {
    get(target, property, receiver): unknown {
      if (typeof property === 'symbol' || property in target || lookedUpAnywhere.has(property)) {
        const value: unknown = Reflect.get(target, property);
        return typeof value === 'function' && receiver !== target ? value.bind(target) : value;
      }
      throw new Error(
        `stand-in: ${name}.${property} is not implemented. Implement it in standin/page/ (see standin/README.md) or do without it.`,
      );
    },
  });
}
