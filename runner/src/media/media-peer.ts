import type { WireIceCandidate } from '../../../shared/wire/client-messages.ts';
import type { IceServer } from '../../../shared/wire/server-messages.ts';
import type { I420Frame } from '../inference/index.ts';
import type { CandidateScope, MediaState, ProcessSetup } from '../session/process-messages.ts';
import { isInScope, scopeCandidates } from './answer-sdp.ts';
import { connectMs, gatheringMs } from './defaults.ts';
import type { FrameSink } from './frame-path.ts';
import { offerProblem } from './offer-problem.ts';
import { withBitrates } from './offer-bitrates.ts';
import {
  makePeerConnection,
  makeVideoSink,
  makeVideoSource,
  type PeerConnection,
  type Transceiver,
  type VideoSink,
  type VideoTrack,
} from './wrtc.ts';

export interface MediaPeerOptions {
  iceServers: readonly IceServer[];
  udpPorts: ProcessSetup['udpPorts'];
  scope: CandidateScope;
  /** Each told once; nothing after `close()`. */
  onState: (state: MediaState) => void;
  onFrame: (frame: I420Frame) => void;
  /** A message of the data channel `parameters`, as it came. */
  onParameters: (data: unknown) => void;
}

/** One peer connection to the client: takes the first video it is offered and sends ours in the same section. */
export class MediaPeer implements FrameSink {
  readonly #options: MediaPeerOptions;
  readonly #connection: PeerConnection;
  readonly #source = makeVideoSource();
  readonly #described = Promise.withResolvers<void>();
  readonly #limit: NodeJS.Timeout;
  #state: 'connecting' | MediaState | 'ended' = 'connecting';
  #sink: VideoSink | null = null;

  constructor(options: MediaPeerOptions) {
    this.#options = options;
    this.#connection = makePeerConnection(options.iceServers, options.udpPorts);
    this.#connection.ontrack = ({ track, transceiver }) => this.#takeTrack(track, transceiver);
    this.#connection.onconnectionstatechange = () => this.#connectionChanged();
    this.#connection.ondatachannel = ({ channel }) => {
      if (channel.label !== 'parameters') return;
      channel.onmessage = ({ data }) => {
        if (this.#state !== 'ended') options.onParameters(data);
      };
      channel.onclose = () => this.#become('closed');
    };
    this.#limit = setTimeout(() => this.#become('failed'), connectMs);
    // Candidates wait for it; that nobody waits is no failure.
    this.#described.promise.catch(() => undefined);
  }

  /**
   * Answers an offer, with all candidates in the answer: the protocol has no message for the runner's own.
   *
   * @throws {Error} If the offer cannot be answered; the peer is then of no more use.
   */
  async accept(offerSdp: string): Promise<string> {
    const connection = this.#connection;
    try {
      const problem = offerProblem(offerSdp);
      if (problem !== null) throw new Error(problem);
      await connection.setRemoteDescription({ type: 'offer', sdp: withBitrates(offerSdp) });
      this.#described.resolve();
    } catch (error) {
      this.#described.reject(error);
      throw error;
    }
    const answer = await connection.createAnswer();
    // Candidates may come before the description is said to be set.
    const complete = gathered(connection, this.#options.scope);
    await connection.setLocalDescription(answer);
    await complete;
    return scopeCandidates(connection.localDescription?.sdp ?? '', this.#options.scope);
  }

  /** Waits for the offer if need be. @throws {Error} If libwebrtc refuses the candidate or the offer. */
  async addCandidate(candidate: WireIceCandidate | null): Promise<void> {
    await this.#described.promise;
    // libwebrtc needs no end of candidates to connect, and this binding does not take one.
    if (candidate !== null && candidate.candidate !== '') await this.#connection.addIceCandidate(candidate);
  }

  show(frame: I420Frame): void {
    if (this.#state !== 'ended') this.#source.onFrame(frame);
  }

  close(): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    clearTimeout(this.#limit);
    this.#described.reject(new Error('the media session has ended'));
    this.#sink?.stop();
    this.#connection.close();
  }

  #takeTrack(track: VideoTrack, transceiver: Transceiver): void {
    // A section that the offer itself gives up, or a peer that was closed since: to touch either throws.
    if (this.#state === 'ended' || transceiver.stopped) return;
    if (track.kind !== 'video' || this.#sink !== null) {
      transceiver.direction = 'inactive';
      return;
    }
    this.#sink = makeVideoSink(track, (frame) => {
      if (this.#state !== 'ended') this.#options.onFrame(frame);
    });
    transceiver.direction = 'sendrecv';
    // It fails if the peer is closed in between; nobody looks at its picture then.
    transceiver.sender.replaceTrack(this.#source.createTrack()).catch(() => undefined);
  }

  #connectionChanged(): void {
    const state = this.#connection.connectionState;
    if (state === 'connected' || state === 'failed' || state === 'closed') this.#become(state);
  }

  #become(state: MediaState): void {
    // Once failed stays failed; and a connection that comes back after a dip was never told as gone.
    if (this.#state === 'ended' || this.#state === 'failed' || this.#state === state) return;
    clearTimeout(this.#limit);
    this.#state = state;
    this.#options.onState(state);
  }
}

/**
 * Resolves when the answer has what the client needs: on loopback one candidate, elsewhere all of them, or
 * after `gatheringMs` those that are known. libwebrtc takes 100 ms to say that it has them all, as it looks
 * for relays and TCP in turns of 50 ms even when there is nothing to look for.
 */
async function gathered(connection: PeerConnection, scope: CandidateScope): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const check = (): void => {
    if (connection.iceGatheringState === 'complete') resolve();
  };
  connection.onicegatheringstatechange = check;
  connection.onicecandidate = ({ candidate }) => {
    if (scope === 'loopback' && candidate !== null && isInScope(candidate.candidate, scope)) resolve();
  };
  const limit = setTimeout(resolve, gatheringMs);
  check();
  await promise;
  clearTimeout(limit);
  connection.onicecandidate = null;
}
