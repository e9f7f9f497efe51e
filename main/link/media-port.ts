import type { IceServer } from '../../shared/wire/server-messages.ts';

/** State of one connection to a runner. `closed` is only ever ours; `failed` is what happened to it. */
export type RunnerLegState = 'connecting' | 'connected' | 'failed' | 'closed';

export interface MediaCounters {
  /** RTP packets and bytes since the leg was made. */
  received: number;
  receivedBytes: number;
  sent: number;
  sentBytes: number;
}

/** The picture's frames that arrived from a runner, told apart by their RTP time. */
export interface FrameClock {
  readonly count: number;
  /** Milliseconds of `performance.now()`; null before the first. */
  readonly lastAt: number | null;
  /** Median of the latest intervals between frames, milliseconds; null before the second frame. */
  readonly medianMs: number | null;
}

/** One peer connection to a runner: media both ways and the `parameters` data channel. */
export interface RunnerLeg {
  readonly state: RunnerLegState;
  readonly counters: Readonly<MediaCounters>;
  readonly frames: FrameClock;
  /** When anything authentic came last, RTP or RTCP; milliseconds of `performance.now()`, null before the first. */
  readonly heardAt: number | null;
  /** Sends one text message on `parameters`; false while the channel is not open. */
  send(text: string): boolean;
  close(): Promise<void>;
}

export interface RunnerLegListener {
  /** ICE, DTLS and (when offered) the data channel are up. */
  connected(): void;
  /** ICE or DTLS failed, or the far end closed. Told once. */
  failed(detail: string): void;
  channelOpen(): void;
  channelClosed(): void;
  message(text: string): void;
  /** The first key frame arrived and this leg now feeds the page. */
  firstFrame(): void;
  /** A local candidate to trickle; null ends them. */
  candidate(
    candidate: { candidate: string; sdpMid: string | null; sdpMLineIndex: number | null } | null,
  ): void;
}

export interface RunnerLegOptions {
  iceServers: readonly IceServer[];
  /** Only 127.0.0.1 candidates: the runner is on this machine. */
  loopbackOnly: boolean;
  /** Carries the offer to the runner and brings its answer. Rejects when the runner refuses it. */
  exchange: (offerSdp: string) => Promise<string>;
  listener: RunnerLegListener;
}

/** The runner's answer to an offer makes no sense; the message says where. */
export class UnusableAnswer extends Error {
  override name = 'UnusableAnswer';
}

/** What the link needs of the relay. Implemented by `main/relay`; the link never sees a packet. */
export interface MediaPort {
  /** Whether the page is attached. */
  readonly pageAttached: boolean;
  /** Milliseconds of `performance.now()` at which the page's last RTP packet came; null before the first. */
  readonly pageLastRtpAt: number | null;
  attachPage(offerSdp: string): Promise<string>;
  detachPage(): Promise<void>;
  /**
   * Makes a runner leg. The leg that was active stays so until the new one's first key frame
   * (make-before-break), then the relay closes the old one.
   *
   * @throws {UnusableAnswer} If what `exchange` brings cannot be read.
   */
  connectRunner(options: RunnerLegOptions): Promise<RunnerLeg>;
  /** Told when the page's leg fails or closes by itself. */
  onPageLost(listener: (detail: string) => void): () => void;
  dispose(): Promise<void>;
}
