import { nameOfWay, type ProxyWay } from './proxy-list.ts';

/** Remembers which ways were not reached, so that they are tried after the others. */
export class WayOrder {
  /** By name, the number of the failure: the later, the further back. */
  readonly #missed = new Map<string, number>();
  #count = 0;

  reached(way: ProxyWay): void {
    this.#missed.delete(nameOfWay(way));
  }

  missed(way: ProxyWay): void {
    this.#count += 1;
    this.#missed.set(nameOfWay(way), this.#count);
  }

  /** The ways in their own order, those that were missed behind, the one missed last at the end. */
  ordered(ways: readonly ProxyWay[]): ProxyWay[] {
    const rank = (way: ProxyWay): number => this.#missed.get(nameOfWay(way)) ?? 0;
    return ways.toSorted((a, b) => rank(a) - rank(b));
  }
}
