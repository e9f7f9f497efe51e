import { aroundRunnerLegs } from '../../main/link/around-runner-legs.ts';
import type {
  MediaPort,
  RunnerLeg,
  RunnerLegListener,
  RunnerLegOptions,
} from '../../main/link/media-port.ts';
import type { Towards } from '../../scripts/drive/fault-proxy/faults.ts';
import { sdpThroughPath } from '../../scripts/drive/fault-proxy/sdp-through-path.ts';
import { UdpPath } from '../../scripts/drive/fault-proxy/udp-path.ts';
import { keepingCandidates } from '../../tests/faults/media-through-paths.ts';

/** What no runner can read. */
const noOffer = 'v=0 on purpose';

/**
 * Leads the media of each runner leg through a NAT of its own, and breaks legs on the way. What it does is done to the
 * leg that was made last; the next one has nothing of it. A path goes when its leg has gone.
 */
export class LegFaults {
  readonly #paths = new Map<RunnerLeg, UdpPath>();
  #latest: { path: UdpPath; listener: RunnerLegListener } | null = null;
  #offers: 'pass' | 'refuse' = 'pass';

  /** The same port, but for its runner legs. */
  readonly wrap = (media: MediaPort): MediaPort =>
    aroundRunnerLegs(media, (port, options) => this.#connect(port, options));

  /** The runner sees the leg's media come from other ports, and what it sends to those it knew vanishes. */
  rebind(): void {
    this.#latest?.path.rebind();
  }

  /** @param towards Absent: both ways. */
  silence(towards?: Towards): void {
    this.#latest?.path.silence(towards === undefined ? {} : { towards });
  }

  /** As if the runner had closed it. */
  closeChannel(): void {
    this.#latest?.listener.channelClosed();
  }

  /** Offers reach the runner in pieces from now on, and it refuses them; false ends that. */
  refuseOffers(on: boolean): void {
    this.#offers = on ? 'refuse' : 'pass';
  }

  async close(): Promise<void> {
    await Promise.all([...this.#paths.values()].map((path) => path.close()));
    this.#paths.clear();
    this.#latest = null;
  }

  async #connect(media: MediaPort, options: RunnerLegOptions): Promise<RunnerLeg> {
    await this.#sweep();
    const path = await UdpPath.open();
    const { listener } = options;
    const exchange = (offer: string): Promise<string> =>
      options.exchange(this.#offers === 'pass' ? offer : noOffer);
    try {
      const leg = await media.connectRunner({
        ...options,
        exchange: sdpThroughPath(path, exchange),
        listener: keepingCandidates(listener),
      });
      this.#paths.set(leg, path);
      this.#latest = { path, listener };
      return leg;
    } catch (error) {
      await path.close();
      throw error;
    }
  }

  async #sweep(): Promise<void> {
    const over = [...this.#paths].filter(([{ state }]) => state === 'closed' || state === 'failed');
    for (const [leg] of over) this.#paths.delete(leg);
    await Promise.all(over.map(([, path]) => path.close()));
  }
}
