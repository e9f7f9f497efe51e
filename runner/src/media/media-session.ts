import type { Engine } from '../inference/index.ts';
import type { MediaState, OfferRequest, ProcessSetup, Requests } from '../session/process-messages.ts';
import { retireMs } from './defaults.ts';
import type { FramePath } from './frame-path.ts';
import { MediaPeer } from './media-peer.ts';
import { readParameters } from './read-parameters.ts';

export interface MediaSessionOptions {
  engine: Engine;
  frames: FramePath;
  udpPorts: ProcessSetup['udpPorts'];
  log: (line: string) => void;
  onState: (mediaId: string, state: MediaState) => void;
}

interface Live {
  mediaId: string;
  peer: MediaPeer;
}

/**
 * The peers of one session: one at a time, two only while a rebuild waits for the new one to connect.
 */
export class MediaSession {
  readonly #options: MediaSessionOptions;
  #live: Live | null = null;
  #retiring: { peer: MediaPeer; limit: NodeJS.Timeout } | null = null;

  constructor(options: MediaSessionOptions) {
    this.#options = options;
  }

  /** @throws {Error} If the offer cannot be answered. In a rebuild the old peer then stays. */
  async offer(offer: OfferRequest): Promise<Requests['offer']['answer']> {
    const previous = this.#live;
    if (offer.mode === 'new') this.#endPeers();
    const live: Live = { mediaId: offer.mediaId, peer: this.#makePeer(offer) };
    this.#live = live;
    this.#options.frames.add(live.peer);
    this.#options.engine.setParameters(offer.parameters);
    try {
      const sdp = await live.peer.accept(offer.sdp);
      if (offer.mode === 'rebuild' && previous !== null) this.#retire(previous.peer);
      return { sdp };
    } catch (error) {
      this.#drop(live.peer);
      if (this.#live === live) this.#live = offer.mode === 'rebuild' ? previous : null;
      throw error;
    }
  }

  /** @throws {Error} If there is no such media session, or libwebrtc refuses the candidate. */
  async candidate({ mediaId, candidate }: Requests['candidate']['request']): Promise<void> {
    if (this.#live?.mediaId !== mediaId) throw new Error('the media session has ended');
    await this.#live.peer.addCandidate(candidate);
  }

  hangUp(mediaId: string): void {
    if (this.#live?.mediaId === mediaId) this.#endPeers();
  }

  end(): void {
    this.#endPeers();
  }

  #makePeer(offer: OfferRequest): MediaPeer {
    const peer: MediaPeer = new MediaPeer({
      iceServers: offer.iceServers,
      udpPorts: this.#options.udpPorts,
      scope: offer.scope,
      onFrame: (frame) => this.#options.frames.receive(peer, frame),
      onParameters: (data) => {
        const { values, problem } = readParameters(data);
        this.#options.engine.setParameters(values);
        if (problem !== null) this.#options.log(problem);
      },
      onState: (state) => {
        if (this.#live?.peer !== peer) return;
        if (state === 'connected') this.#endRetiring();
        this.#options.onState(offer.mediaId, state);
      },
    });
    return peer;
  }

  #retire(peer: MediaPeer): void {
    this.#endRetiring();
    this.#retiring = { peer, limit: setTimeout(() => this.#endRetiring(), retireMs) };
  }

  #endRetiring(): void {
    if (this.#retiring === null) return;
    clearTimeout(this.#retiring.limit);
    this.#drop(this.#retiring.peer);
    this.#retiring = null;
  }

  #endPeers(): void {
    this.#endRetiring();
    if (this.#live !== null) this.#drop(this.#live.peer);
    this.#live = null;
  }

  #drop(peer: MediaPeer): void {
    this.#options.frames.remove(peer);
    peer.close();
  }
}
