import type { NetworkInterfaceInfo } from 'node:os';
import type { LinkPhase } from '../../shared/link/state.ts';
import type { Clock, Timer } from '../link/clock.ts';
import { interfaceLookMs, interfaceMemoryMs } from './defaults.ts';

type Interfaces = NodeJS.Dict<readonly Pick<NetworkInterfaceInfo, 'address' | 'internal'>[]>;

export interface InterfaceWatchOptions {
  /** `os.networkInterfaces`. */
  read: () => Interfaces;
  clock: Pick<Clock, 'monotonic' | 'setTimeout' | 'clearTimeout'>;
  changed: () => void;
}

/** Addresses that lead nowhere beyond the cable come and go with virtual interfaces. */
const isLinkLocal = (address: string): boolean => /^(fe[89ab][0-9a-f]:|169\.254\.)/i.test(address);

/** The addresses by which this machine can be reached from others, as one text; in whatever order they are told. */
export function reachableBy(interfaces: Interfaces): string {
  return Object.entries(interfaces)
    .flatMap(([name, addresses = []]) =>
      addresses
        .filter(({ address, internal }) => !internal && !isLinkLocal(address))
        .map(({ address }) => `${name} ${address}`),
    )
    .toSorted()
    .join('\n');
}

/**
 * Notices that the network changed: another Wi-Fi, a cable pulled, a VPN that came up. It looks while the link
 * is neither idle nor live; a live link proves by itself that its network is there. A change that broke a live
 * link lies before its loss, so the first look compares with what was seen while it was live.
 */
export class InterfaceWatch {
  readonly #options: InterfaceWatchOptions;
  #timer: Timer | null = null;
  /** What was seen last, and when; while the link is live, preceded by what was seen before that. */
  #seen: { at: number; addresses: string }[] = [];

  constructor(options: InterfaceWatchOptions) {
    this.#options = options;
  }

  /** Told each status of the link. */
  follow(phase: LinkPhase): void {
    switch (phase) {
      case 'idle':
        this.stop();
        return;
      case 'live':
        this.#rest();
        this.#remember();
        return;
      case 'connecting':
      case 'degraded':
      case 'recovering':
      case 'failed':
        if (this.#timer !== null) return;
        if (this.#seen.length === 0) this.#remember();
        // Not in this very tick: the link is in the middle of telling its state.
        this.#lookIn(0);
        return;
      default:
        phase satisfies never;
    }
  }

  stop(): void {
    this.#rest();
    this.#seen = [];
  }

  #rest(): void {
    if (this.#timer !== null) this.#options.clock.clearTimeout(this.#timer);
    this.#timer = null;
  }

  #remember(): void {
    const at = this.#options.clock.monotonic();
    const last = this.#seen.at(-1);
    if (last !== undefined && at - last.at < interfaceMemoryMs) return;
    this.#seen = [...this.#seen.slice(-1), { at, addresses: reachableBy(this.#options.read()) }];
  }

  #lookIn(ms: number): void {
    this.#timer = this.#options.clock.setTimeout(() => this.#look(), ms);
  }

  #look(): void {
    const { read, clock, changed } = this.#options;
    const addresses = reachableBy(read());
    const before = this.#seen[0]?.addresses;
    this.#seen = [{ at: clock.monotonic(), addresses }];
    this.#lookIn(interfaceLookMs);
    if (before !== undefined && before !== addresses) changed();
  }
}
