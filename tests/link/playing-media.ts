import type { VirtualTime } from '../faults/virtual-time.ts';
import { PlainMedia, type PlainLeg } from './plain-media.ts';

const frameMs = 40;

/** Media that flows by the test's clock: the page sends, and each leg that plays delivers a frame at a time. */
export class PlayingMedia extends PlainMedia {
  pageSends = true;
  readonly #time: VirtualTime;
  readonly #playing = new Set<PlainLeg>();
  readonly #stop: () => void;

  /** @param answered What a leg does once it has the runner's answer; by default it connects and plays. */
  constructor(time: VirtualTime, answered?: (leg: PlainLeg, media: PlayingMedia) => void) {
    super({
      answered: (leg) => {
        if (answered !== undefined) return answered(leg, this);
        leg.connect();
        this.play(leg);
      },
    });
    this.#time = time;
    this.#stop = time.every(frameMs, () => this.#tick());
  }

  /** Frames come from now on. The first of them is told, as the relay tells it. */
  play(leg: PlainLeg): void {
    leg.frames.medianMs = frameMs;
    leg.frame(this.#time.monotonic());
    this.#playing.add(leg);
    if (leg.frames.count === 1) leg.listener.firstFrame();
  }

  freeze(leg: PlainLeg): void {
    this.#playing.delete(leg);
  }

  override async dispose(): Promise<void> {
    this.#stop();
    await super.dispose();
  }

  #tick(): void {
    const now = this.#time.monotonic();
    if (this.pageSends) this.pageLastRtpAt = now;
    for (const leg of this.#playing) if (leg.state === 'connected') leg.frame(now);
  }
}
