import type { LinkPhase } from '../../shared/link/state.ts';
import type { Clock } from '../link/clock.ts';
import { InterfaceWatch, type InterfaceWatchOptions } from './interface-watch.ts';
import { nudgeOnce, type NudgeCause } from './nudges.ts';
import { followPower, type PowerSource } from './power-events.ts';
import { SleepWatch } from './sleep-watch.ts';

export interface TriggersOptions {
  power: PowerSource;
  readInterfaces: InterfaceWatchOptions['read'];
  clock: Clock;
  phase: () => LinkPhase;
  /** The link's. */
  nudge: (cause: NudgeCause) => void;
  note: (text: string) => void;
}

/** Everything that tells the link of a moment after which its socket proves nothing any more (A31). */
export class Triggers {
  readonly #note: (text: string) => void;
  readonly #nudge: (cause: NudgeCause) => void;
  readonly #interfaces: InterfaceWatch;
  readonly #sleep: SleepWatch;
  #network: 'online' | 'offline' = 'online';

  constructor({ power, readInterfaces, clock, phase, nudge, note }: TriggersOptions) {
    this.#note = note;
    this.#nudge = nudgeOnce(nudge, clock);
    this.#interfaces = new InterfaceWatch({
      read: readInterfaces,
      clock,
      changed: () => this.#report('network', 'the addresses of this machine changed'),
    });
    this.#sleep = new SleepWatch(clock, () => this.#report('sleep', 'the clocks jumped: the system slept'));
    followPower(power, {
      phase,
      note,
      awake: () => {
        this.#sleep.forget();
        this.#nudge('sleep');
      },
    });
  }

  /** Told each status of the link. */
  follow(phase: LinkPhase): void {
    this.#interfaces.follow(phase);
    this.#sleep.follow(phase);
  }

  /**
   * The window's `online` and `offline`. Offline tears nothing down: Chromium says so too when it merely thinks
   * so, and a runner on this machine needs no network.
   */
  networkChanged(online: boolean): void {
    const before = this.#network;
    this.#network = online ? 'online' : 'offline';
    if (before === this.#network) return;
    if (online) this.#report('network', 'the network is back');
    else this.#note('there is no network');
  }

  stop(): void {
    this.#interfaces.stop();
    this.#sleep.stop();
  }

  #report(cause: NudgeCause, text: string): void {
    this.#note(text);
    this.#nudge(cause);
  }
}
