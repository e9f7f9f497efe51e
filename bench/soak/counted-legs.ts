import { aroundRunnerLegs } from '../../main/link/around-runner-legs.ts';
import type { MediaPort, RunnerLeg, RunnerLegOptions } from '../../main/link/media-port.ts';
import type { MediaTap } from '../../main/relay/media-tap.ts';

/** Knows the runner legs of a relay that are not closed, and can freeze the latest. Keeps none that is closed. */
export class CountedLegs {
  readonly #open = new Set<RunnerLeg>();
  readonly #frozen = new WeakSet<RunnerLeg>();
  #coming = 0;
  #latest: WeakRef<RunnerLeg> | null = null;

  readonly tap: MediaTap = {
    fromRunner: (leg) => (this.#frozen.has(leg) ? 'drop' : 'pass'),
  };

  /** The same port, but for its runner legs, which are counted. */
  readonly wrap = (media: MediaPort): MediaPort =>
    aroundRunnerLegs(media, (port, options) => this.#connect(port, options));

  /** Those that are being made included. */
  get open(): number {
    for (const leg of this.#open) if (leg.state === 'closed') this.#open.delete(leg);
    return this.#open.size + this.#coming;
  }

  /** Nothing of what the latest leg delivers gets through from now on; its states stay as they are. */
  freeze(): void {
    const leg = this.#latest?.deref();
    if (leg !== undefined) this.#frozen.add(leg);
  }

  async #connect(media: MediaPort, options: RunnerLegOptions): Promise<RunnerLeg> {
    this.#coming += 1;
    try {
      const leg = await media.connectRunner(options);
      this.#open.add(leg);
      this.#latest = new WeakRef(leg);
      return leg;
    } finally {
      this.#coming -= 1;
    }
  }
}
