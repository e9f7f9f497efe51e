import type { Fault } from '../../shared/link/fault.ts';
import type { Result } from '../../shared/result.ts';
import { maxBitrateBps, reattachDelaysMs } from './defaults.ts';

/** Main's side of the connection. */
export interface StreamDoors {
  attach(sdp: string): Promise<Result<{ sdp: string }, Fault>>;
  detach(): Promise<void>;
}

/** The track that comes from main, another one after each new connection; null once it was ended on purpose. */
export type TrackListener = (track: MediaStreamTrack | null) => void;

export type StreamReport = { phase: 'attached' } | { phase: 'lost'; detail: string };

/** Keeps one peer connection to main, and makes it anew when it fails. */
export class PageStream {
  readonly #track: MediaStreamTrack;
  readonly #doors: StreamDoors;
  readonly #report: (report: StreamReport) => void;
  readonly #show: TrackListener;
  #peer: RTCPeerConnection | null = null;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    track: MediaStreamTrack,
    doors: StreamDoors,
    report: (report: StreamReport) => void,
    show: TrackListener,
  ) {
    this.#track = track;
    this.#doors = doors;
    this.#report = report;
    this.#show = show;
  }

  /** Connects to main; resolves once main has answered, or could not, which is reported and tried again. */
  async attach(): Promise<void> {
    this.#drop();
    const peer = new RTCPeerConnection({ iceServers: [] });
    this.#peer = peer;
    peer.addEventListener('track', ({ track, receiver }) => this.#receive(track, receiver));
    peer.addEventListener('connectionstatechange', () => {
      if (peer !== this.#peer) return;
      if (peer.connectionState === 'connected') this.#failures = 0;
      if (peer.connectionState === 'failed') this.#lost(peer, 'The connection inside the app failed');
    });
    try {
      const transceiver = peer.addTransceiver(this.#track, {
        direction: 'sendrecv',
        sendEncodings: [{ maxBitrate: maxBitrateBps }],
      });
      await peer.setLocalDescription();
      await gathered(peer);
      const answer = await this.#doors.attach(peer.localDescription!.sdp);
      if (peer !== this.#peer) return;
      if (!answer.ok) {
        this.#lost(peer, `Main refused the stream: ${answer.problem.kind}`);
        return;
      }
      await peer.setRemoteDescription({ type: 'answer', sdp: answer.value.sdp });
      await preferFrameRate(transceiver.sender);
      if (peer === this.#peer) this.#report({ phase: 'attached' });
    } catch (error) {
      this.#lost(peer, String(error));
    }
  }

  /**
   * Ends the connection on purpose: nothing is reported and nothing tried again. Main is told before it ends, or to
   * main it would be a loss.
   */
  async detach(): Promise<void> {
    const peer = this.#release();
    this.#failures = 0;
    this.#show(null);
    try {
      await this.#doors.detach();
    } finally {
      peer?.close();
    }
  }

  #receive(track: MediaStreamTrack, receiver: RTCRtpReceiver): void {
    // The picture is live: what is late is better dropped than shown late.
    receiver.jitterBufferTarget = 0;
    this.#show(track);
  }

  #lost(peer: RTCPeerConnection, detail: string): void {
    if (peer !== this.#peer) return;
    this.#drop();
    this.#report({ phase: 'lost', detail });
    const delayMs = reattachDelaysMs[Math.min(this.#failures, reattachDelaysMs.length - 1)]!;
    this.#failures += 1;
    this.#timer = setTimeout(() => {
      this.attach().catch((error: unknown) => console.error('Could not attach', error));
    }, delayMs);
  }

  #drop(): void {
    this.#release()?.close();
  }

  /** From now on that connection is not ours: what becomes of it is not reported. */
  #release(): RTCPeerConnection | null {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const peer = this.#peer;
    this.#peer = null;
    return peer;
  }
}

/** Host candidates only, so this takes milliseconds; with nothing but loopback up there may be none at all. */
async function gathered(peer: RTCPeerConnection): Promise<void> {
  if (peer.iceGatheringState === 'complete') return;
  const { promise, resolve } = Promise.withResolvers<void>();
  peer.addEventListener('icegatheringstatechange', () => {
    if (peer.iceGatheringState === 'complete') resolve();
  });
  await promise;
}

/** On stage a coarser picture is less of a fault than a stuttering one. */
async function preferFrameRate(sender: RTCRtpSender): Promise<void> {
  const parameters = sender.getParameters();
  parameters.degradationPreference = 'maintain-framerate';
  await sender.setParameters(parameters);
}
