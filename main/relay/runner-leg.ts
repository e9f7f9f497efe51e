import {
  UnusableAnswer,
  type MediaCounters,
  type RunnerLeg,
  type RunnerLegOptions,
  type RunnerLegState,
} from '../link/media-port.ts';
import { switching } from './defaults.ts';
import { makePath } from './make-path.ts';
import { localStreams, runnerSink } from './make-sink.ts';
import type { MediaTap } from './media-tap.ts';
import type { PageLeg } from './page-leg.ts';
import { pictureLoss } from './rtcp/picture-loss.ts';
import { mapRtcp } from './rtcp/rtcp-mapper.ts';
import { ArrivingFrames } from './rtp/arriving-frames.ts';
import type { Path } from './rtp/path.ts';
import type { Sink } from './rtp/sink.ts';
import { buildSdp, candidateLine } from './sdp/build.ts';
import type { Candidate, SessionDescription, Setup } from './sdp/description.ts';
import { offersTheSame, unusedMid } from './sdp/compare.ts';
import { parseSdp, SdpError } from './sdp/parse.ts';
import { hostAddresses, loopbackAddress } from './transport/host-addresses.ts';
import { PeerTransport } from './transport/peer-transport.ts';
import { TextChannel } from './transport/text-channel.ts';

const channelLabel = 'parameters';
const ownSsrc = 1;

/** What a leg tells the relay. */
export interface RunnerLegEvents {
  connected(leg: RunnerPeer): void;
  /** Its first key frame is at the gate; `activate` before the return lets it pass. */
  keyFrame(leg: RunnerPeer): void;
  gone(leg: RunnerPeer): void;
}

/** How the leg stands to the page it serves now. Made anew when the page comes back. */
interface Route {
  page: PageLeg;
  toRunner: Path;
  toPage: Path;
}

/** The connection with one runner: media both ways between it and the page, and the `parameters` channel. */
export class RunnerPeer implements RunnerLeg {
  readonly counters: MediaCounters = { received: 0, receivedBytes: 0, sent: 0, sentBytes: 0 };
  readonly frames = new ArrivingFrames();
  readonly #options: RunnerLegOptions;
  readonly #events: RunnerLegEvents;
  readonly #tap: MediaTap | null;
  /** The page's description as it was offered to this runner. */
  readonly #offered: SessionDescription;
  readonly #sink: Sink;
  #state: RunnerLegState = 'connecting';
  #transport: PeerTransport | null = null;
  #channel: TextChannel | null = null;
  #answer: SessionDescription | null = null;
  #route: Route | null = null;
  #keyFrameAskedAt = 0;
  #heardAt: number | null = null;

  constructor(page: PageLeg, options: RunnerLegOptions, events: RunnerLegEvents, tap: MediaTap | null) {
    this.#offered = page.description;
    this.#sink = runnerSink(page.description);
    this.#options = options;
    this.#events = events;
    this.#tap = tap;
  }

  get heardAt(): number | null {
    return this.#heardAt;
  }

  get state(): RunnerLegState {
    return this.#state;
  }

  /**
   * Gathers, exchanges descriptions and starts to connect; the outcome goes to the listener.
   *
   * @param currentPage Asked once the answer is there: the page may have come back meanwhile.
   * @throws What `exchange` rejects with, and `SdpError` for an answer that cannot be used. The leg is closed then.
   */
  async negotiate(currentPage: () => PageLeg | null): Promise<void> {
    try {
      const { loopbackOnly, iceServers, exchange } = this.#options;
      const transport = await this.#open(loopbackOnly, loopbackOnly ? [] : iceServers);
      const dataMid = unusedMid(this.#offered);
      const answer = readAnswer(
        await exchange(
          buildSdp(this.#offered, {
            type: 'offer',
            setup: 'actpass',
            transport: transport.local,
            streams: localStreams(this.#sink),
            dataMid,
          }),
        ),
      );
      if (this.#state !== 'connecting') throw new Error('the leg was closed while it was negotiated');
      this.#answer = answer;
      this.#openChannel(transport, dataMid, answer);
      const page = currentPage();
      if (!page || !this.attach(page)) throw new Error('the page went away while the leg was negotiated');
      const setup: Setup = answer.setup === 'passive' ? 'active' : 'passive';
      transport.connect(answer, setup, this.#reachable(answer.candidates));
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /**
   * Serves this page from now on. To the runner it looks as if the stream went on.
   *
   * @returns False if the page's media is not what the runner was offered; the leg is of no use then.
   */
  attach(page: PageLeg): boolean {
    const answer = this.#answer;
    // While it negotiates there is nothing to attach; it asks for the page once it has the answer.
    if (!answer) return true;
    if (!offersTheSame(this.#offered, page.description)) return false;
    const before = this.#route?.toPage.state;
    const toRunner = makePath({
      source: page.description,
      receiver: answer,
      sink: this.#sink,
      gate: () => undefined,
    });
    const toPage = makePath({
      source: answer,
      receiver: page.description,
      sink: page.sink,
      gate: () => this.#events.keyFrame(this),
      waiting: () => this.#askRunnerAgain(),
      frames: this.frames,
    });
    toRunner.activate();
    this.#route = { page, toRunner, toPage };
    if (before === 'active') toPage.activate();
    return true;
  }

  /** From now on this leg feeds the page. */
  activate(): void {
    this.#route?.toPage.activate();
    this.#options.listener.firstFrame();
  }

  /** A plain packet of the page, in memory that this leg may change. */
  forwardRtp(packet: Buffer, end: number, now: number): void {
    if (!this.#route?.toRunner.rewrite(packet, end, now)) return;
    const octets = this.#transport?.sendRtp(packet, end) ?? 0;
    if (octets === 0) return;
    this.counters.sent++;
    this.counters.sentBytes += octets;
  }

  /** A plain compound packet of the page, in memory that this leg may change. */
  forwardRtcp(packet: Buffer): void {
    if (!this.#route) return;
    const { toRunner, toPage } = this.#route;
    const mapped = mapRtcp(packet, { forward: toRunner, backward: toPage });
    if (mapped) this.#transport?.sendRtcp(mapped);
  }

  /** Asks the runner's encoder for a key frame. */
  requestKeyFrame(): void {
    for (const ssrc of this.#route?.toPage.pictureSources() ?? []) {
      this.#transport?.sendRtcp(pictureLoss(ssrc, ownSsrc));
    }
  }

  send(text: string): boolean {
    return this.#state === 'connected' && (this.#channel?.send(text) ?? false);
  }

  async close(): Promise<void> {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    await this.#release();
  }

  /** Ends a leg that is of no use any more, for a reason that is not ours. */
  fail(detail: string): void {
    if (this.#state === 'closed' || this.#state === 'failed') return;
    this.#state = 'failed';
    this.#options.listener.failed(detail);
    void this.#release();
  }

  async #open(loopbackOnly: boolean, iceServers: RunnerLegOptions['iceServers']): Promise<PeerTransport> {
    const [first] = this.#offered.bundle;
    const sdpMLineIndex = this.#offered.sections.findIndex(({ mid }) => mid === first);
    const trickle = (candidate: Candidate | null) =>
      // Those that came before the offer was written are in it.
      this.#transport &&
      this.#state === 'connecting' &&
      this.#options.listener.candidate(
        candidate && { candidate: candidateLine(candidate), sdpMid: first ?? null, sdpMLineIndex },
      );
    this.#transport = await PeerTransport.create({
      addresses: hostAddresses(loopbackOnly),
      bindTo: loopbackOnly ? loopbackAddress : null,
      iceServers,
      controlling: true,
      listener: {
        connected: () => this.#transportConnected(),
        failed: (detail) => this.fail(detail),
        rtp: (packet, end, now) => this.#receiveRtp(packet, end, now),
        rtcp: (packet) => this.#receiveRtcp(packet),
        candidate: trickle,
      },
    });
    return this.#transport;
  }

  /** On this machine loopback outlives every network; the runner's other addresses go down with theirs. */
  #reachable(candidates: readonly Candidate[]): readonly Candidate[] {
    const loopback = candidates.filter(({ address }) => address === loopbackAddress);
    return this.#options.loopbackOnly && loopback.length > 0 ? loopback : candidates;
  }

  #openChannel(transport: PeerTransport, mid: string, answer: SessionDescription): void {
    const section = answer.sections.find((candidate) => candidate.mid === mid && candidate.port > 0);
    if (!section) return;
    const { listener } = this.#options;
    this.#channel = new TextChannel(transport, channelLabel, section, {
      open: () => {
        if (this.#state !== 'connecting') return;
        this.#becomeConnected();
        listener.channelOpen();
      },
      closed: () => {
        if (this.#state === 'connecting' || this.#state === 'connected') listener.channelClosed();
      },
      message: (text) => {
        if (this.#state === 'connecting' || this.#state === 'connected') listener.message(text);
      },
    });
  }

  #transportConnected(): void {
    this.#events.connected(this);
    if (!this.#channel) return this.#becomeConnected();
    this.#channel.start().catch((error: unknown) => this.fail(`data channel: ${String(error)}`));
  }

  #becomeConnected(): void {
    this.#state = 'connected';
    this.#options.listener.connected();
  }

  #receiveRtp(packet: Buffer, end: number, now: number): void {
    if (this.#tap?.fromRunner(this) === 'drop') return;
    this.#heardAt = now;
    this.counters.received++;
    this.counters.receivedBytes += packet.length;
    const route = this.#route;
    if (route?.toPage.rewrite(packet, end, now)) route.page.sendRtp(packet, end);
  }

  #receiveRtcp(packet: Buffer): void {
    if (!this.#route || this.#tap?.fromRunner(this) === 'drop') return;
    this.#heardAt = performance.now();
    const { page, toRunner, toPage } = this.#route;
    const mapped = mapRtcp(packet, { forward: toPage, backward: toRunner });
    if (mapped) page.sendRtcp(mapped);
  }

  /** The runner delivers, but its first key frame did not get here: nobody else would ever ask for another. */
  #askRunnerAgain(): void {
    const now = performance.now();
    if (now - this.#keyFrameAskedAt < switching.keyFrameRetryMs) return;
    this.#keyFrameAskedAt = now;
    this.requestKeyFrame();
  }

  async #release(): Promise<void> {
    this.#route?.toPage.close();
    this.#route?.toRunner.close();
    this.#events.gone(this);
    await this.#channel?.close();
    await this.#transport?.close();
  }
}

function readAnswer(sdp: string): SessionDescription {
  try {
    return parseSdp(sdp);
  } catch (error) {
    throw error instanceof SdpError ? new UnusableAnswer(error.message) : error;
  }
}
