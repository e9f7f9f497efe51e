import type { MediaPort, RunnerLeg, RunnerLegOptions } from '../link/media-port.ts';
import type { MediaTap } from './media-tap.ts';
import { PageLeg } from './page-leg.ts';
import { RunnerPeer, type RunnerLegEvents } from './runner-leg.ts';
import type { RestrictOptions } from './sdp/restrict.ts';
import { switchover, type SwitchEvent, type SwitchState } from './switchover.ts';
import { assertWerift } from './transport/werift-internals.ts';

export interface RelayOptions extends RestrictOptions {
  /** Absent in a packaged app. */
  tap?: MediaTap;
}

/**
 * Makes the relay: one page, any number of runner legs, one of which feeds the page.
 *
 * A page that attaches again (its window was reloaded) takes the place of the one before, and the live runner legs go
 * on with it; a leg whose runner was offered other media fails, so that the link makes a new one. `detachPage` leaves
 * runner legs alone: closing them is the link's decision.
 *
 * @throws {Error} If the installed werift is not the one the relay was written for.
 */
export function createRelay(options: RelayOptions = {}): MediaPort {
  assertWerift();
  return new Relay(options);
}

class Relay implements MediaPort {
  readonly #options: RelayOptions;
  readonly #lost = new Set<(detail: string) => void>();
  #page: PageLeg | null = null;
  #pageLastRtpAt: number | null = null;
  #switch: SwitchState<RunnerPeer> = { legs: [], active: null };
  #life: 'open' | 'disposed' = 'open';

  constructor(options: RelayOptions) {
    this.#options = options;
  }

  get pageAttached(): boolean {
    return this.#page !== null;
  }

  get pageLastRtpAt(): number | null {
    return this.#pageLastRtpAt;
  }

  async attachPage(offerSdp: string): Promise<string> {
    this.#assertOpen();
    const page: PageLeg = await PageLeg.create(offerSdp, this.#options, {
      connected: () => this.#pageConnected(),
      failed: (detail) => this.#pageFailed(page, detail),
      rtp: (packet, end, now) => this.#fromPage(packet, end, now),
      rtcp: (packet) => this.#controlFromPage(packet),
    });
    page.connect();
    const before = this.#page;
    this.#page = page;
    await before?.close();
    for (const leg of this.#switch.legs) {
      if (!leg.attach(page)) leg.fail('the page came back with other media than the runner was offered');
    }
    return page.answerSdp;
  }

  async detachPage(): Promise<void> {
    const page = this.#page;
    this.#page = null;
    this.#pageLastRtpAt = null;
    await page?.close();
  }

  async connectRunner(options: RunnerLegOptions): Promise<RunnerLeg> {
    this.#assertOpen();
    const page = this.#page;
    if (!page) throw new Error('no page is attached: its offer says what to ask of a runner');
    const events: RunnerLegEvents = {
      connected: () => this.#page?.requestKeyFrame(),
      keyFrame: (which) => this.#step({ type: 'key-frame', leg: which }),
      gone: (which) => this.#step({ type: 'gone', leg: which }),
    };
    const leg = new RunnerPeer(page, options, events, this.#options.tap ?? null);
    this.#step({ type: 'made', leg });
    await leg.negotiate(() => this.#page);
    return leg;
  }

  onPageLost(listener: (detail: string) => void): () => void {
    this.#lost.add(listener);
    return () => this.#lost.delete(listener);
  }

  async dispose(): Promise<void> {
    this.#life = 'disposed';
    this.#lost.clear();
    await Promise.all([this.detachPage(), ...this.#switch.legs.map((leg) => leg.close())]);
  }

  #assertOpen(): void {
    if (this.#life === 'disposed') throw new Error('the relay was disposed');
  }

  #step(event: SwitchEvent<RunnerPeer>): void {
    const { state, effects } = switchover(this.#switch, event);
    this.#switch = state;
    for (const effect of effects) {
      switch (effect.type) {
        case 'activate':
          effect.leg.activate();
          break;
        case 'close':
          void effect.leg.close();
          break;
        default:
          effect satisfies never;
      }
    }
  }

  /** A page that came back shows nothing until the runner starts a picture anew. */
  #pageConnected(): void {
    for (const leg of this.#switch.legs) leg.requestKeyFrame();
  }

  #pageFailed(page: PageLeg, detail: string): void {
    void page.close();
    if (this.#page !== page) return;
    this.#page = null;
    this.#pageLastRtpAt = null;
    for (const tell of this.#lost) tell(detail);
  }

  /** All legs get the page's media, those on standby too: their runner must have a picture before it can show one. */
  #fromPage(packet: Buffer, end: number, now: number): void {
    this.#pageLastRtpAt = now;
    const { legs } = this.#switch;
    const last = legs.length - 1;
    for (let i = 0; i < last; i++) legs[i]!.forwardRtp(Buffer.from(packet), end, now);
    legs[last]?.forwardRtp(packet, end, now);
  }

  #controlFromPage(packet: Buffer): void {
    for (const leg of this.#switch.legs) leg.forwardRtcp(Buffer.from(packet));
  }
}
