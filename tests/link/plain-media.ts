import type {
  FrameClock,
  MediaCounters,
  MediaPort,
  RunnerLeg,
  RunnerLegListener,
  RunnerLegOptions,
  RunnerLegState,
} from '../../main/link/media-port.ts';

/** A leg without media: signalling is what these tests are about. It connects as soon as the runner answers. */
export class PlainLeg implements RunnerLeg {
  state: RunnerLegState = 'connecting';
  readonly counters: MediaCounters = { received: 0, receivedBytes: 0, sent: 0, sentBytes: 0 };
  readonly sent: unknown[] = [];
  readonly frames: { -readonly [Field in keyof FrameClock]: FrameClock[Field] } = {
    count: 0,
    lastAt: null,
    medianMs: null,
  };
  heardAt: number | null = null;
  readonly listener: RunnerLegListener;
  channel: 'open' | 'closed' = 'closed';

  constructor(listener: RunnerLegListener) {
    this.listener = listener;
  }

  send(text: string): boolean {
    if (this.channel === 'closed') return false;
    this.sent.push(JSON.parse(text));
    return true;
  }

  async close(): Promise<void> {
    this.state = 'closed';
    this.channel = 'closed';
  }

  connect(): void {
    this.state = 'connected';
    this.listener.connected();
    this.openChannel();
  }

  /** A frame of the runner's arrives, by the test's clock. */
  frame(at: number): void {
    this.frames.count += 1;
    this.frames.lastAt = at;
  }

  openChannel(): void {
    this.channel = 'open';
    this.listener.channelOpen();
  }
}

export interface PlainMediaScript {
  /** What a leg does once it has the runner's answer. Connects and shows a picture by default. */
  answered: (leg: PlainLeg) => void;
  pageAttached: boolean;
}

/** A media port whose legs the test can see and break. */
export class PlainMedia implements MediaPort {
  readonly legs: PlainLeg[] = [];
  readonly offers: RunnerLegOptions[] = [];
  /** When the page sent last: never, unless a test says so. */
  pageLastRtpAt: number | null = null;
  pageAttached: boolean;
  readonly #answered: (leg: PlainLeg) => void;

  constructor(script: Partial<PlainMediaScript> = {}) {
    this.pageAttached = script.pageAttached ?? true;
    this.#answered =
      script.answered ??
      ((leg) => {
        leg.connect();
        leg.listener.firstFrame();
      });
  }

  get open(): number {
    return this.legs.filter((leg) => leg.state !== 'closed').length;
  }

  async attachPage(offerSdp: string): Promise<string> {
    this.pageAttached = true;
    return `answer to ${offerSdp}`;
  }

  async detachPage(): Promise<void> {
    this.pageAttached = false;
  }

  async connectRunner(options: RunnerLegOptions): Promise<RunnerLeg> {
    if (!this.pageAttached) throw new Error('no page is attached');
    this.offers.push(options);
    const leg = new PlainLeg(options.listener);
    options.listener.candidate({ candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0 });
    await options.exchange(`offer ${this.offers.length}`);
    this.legs.push(leg);
    this.#answered(leg);
    return leg;
  }

  onPageLost(): () => void {
    return () => undefined;
  }

  async dispose(): Promise<void> {
    await Promise.all(this.legs.map((leg) => leg.close()));
  }
}
