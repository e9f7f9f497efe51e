import { createRequire } from 'node:module';
import type { I420Frame } from '../../runner/src/inference/index.ts';
import type {
  PeerConnection,
  Transceiver,
  VideoSink,
  VideoSource,
  VideoTrack,
} from '../../runner/src/media/wrtc.ts';

interface Channel {
  readonly readyState: string;
  onopen: (() => void) | null;
  onclose: (() => void) | null;
  send(text: string): void;
}

interface OfferingPeer extends Omit<PeerConnection, 'onicecandidate'> {
  onicecandidate: ((event: { candidate: Candidate | null }) => void) | null;
  addTransceiver(
    track: VideoTrack,
    init: { direction: string },
  ): Transceiver & { receiver: { track: VideoTrack } };
  createDataChannel(label: string): Channel;
  createOffer(): Promise<{ type: 'offer'; sdp: string }>;
}

export interface Candidate {
  candidate: string;
  sdpMid: string | null;
  sdpMLineIndex: number | null;
}

const wrtc = createRequire(import.meta.url)('@roamhq/wrtc') as {
  RTCPeerConnection: new (configuration: object) => OfferingPeer;
  nonstandard: {
    RTCVideoSource: new (init?: object) => VideoSource;
    RTCVideoSink: new (track: VideoTrack) => VideoSink;
  };
};

/** A flat picture, limited-range BT.601. */
export function flatFrame(
  width: number,
  height: number,
  [y, u, v]: readonly [number, number, number],
): I420Frame {
  const luma = width * height;
  const data = new Uint8Array(luma * 1.5);
  data
    .fill(y, 0, luma)
    .fill(u, luma, luma * 1.25)
    .fill(v, luma * 1.25);
  return { width, height, data };
}

/** Mean of each plane's inner half, where the codec's edges do not reach. */
function meanColour({ width, height, data }: I420Frame): [number, number, number] {
  const mean = (offset: number, w: number, h: number): number => {
    let sum = 0;
    let count = 0;
    for (let row = h >> 2; row < (h * 3) >> 2; row += 1) {
      for (let column = w >> 2; column < (w * 3) >> 2; column += 1) {
        sum += data[offset + row * w + column] ?? 0;
        count += 1;
      }
    }
    return sum / count;
  };
  const luma = width * height;
  return [
    mean(0, width, height),
    mean(luma, width / 2, height / 2),
    mean(luma * 1.25, width / 2, height / 2),
  ];
}

/** Whether a frame shows one colour, each plane within `tolerance` of 255. */
export function isFlat(
  frame: I420Frame,
  colour: readonly [number, number, number],
  tolerance: number,
): boolean {
  return meanColour(frame).every((value, plane) => Math.abs(value - colour[plane]!) <= tolerance);
}

/** A client's side of the media: sends a picture at 30 fps, sees what comes back, owns the `parameters` channel. */
export class VideoClient {
  readonly connection = new wrtc.RTCPeerConnection({ sdpSemantics: 'unified-plan', iceServers: [] });
  readonly candidates: (Candidate | null)[] = [];
  readonly channel: Channel;
  readonly channelOpen: Promise<void>;
  readonly channelClosed: Promise<void>;
  readonly connected: Promise<void>;
  /** All candidates are known, the closing null included. */
  readonly gathered: Promise<void>;
  frames = 0;
  readonly #source = new wrtc.nonstandard.RTCVideoSource();
  readonly #sink: VideoSink;
  readonly #watchers = new Set<(frame: I420Frame) => void>();
  readonly #sending: NodeJS.Timeout;
  #picture = flatFrame(320, 240, [128, 128, 128]);

  constructor() {
    const transceiver = this.connection.addTransceiver(this.#source.createTrack(), { direction: 'sendrecv' });
    this.channel = this.connection.createDataChannel('parameters');
    this.channelOpen = new Promise((resolve) => {
      this.channel.onopen = resolve;
    });
    this.channelClosed = new Promise((resolve) => {
      this.channel.onclose = resolve;
    });
    this.connected = new Promise((resolve) => {
      this.connection.onconnectionstatechange = () => {
        if (this.connection.connectionState === 'connected') resolve();
      };
    });
    this.gathered = new Promise((resolve) => {
      this.connection.onicecandidate = ({ candidate }) => {
        this.candidates.push(candidate);
        if (candidate === null) resolve();
      };
    });
    this.#sink = new wrtc.nonstandard.RTCVideoSink(transceiver.receiver.track);
    this.#sink.onframe = ({ frame }) => {
      this.frames += 1;
      for (const watch of this.#watchers) watch(frame);
    };
    this.#sending = setInterval(() => this.#source.onFrame(this.#picture), 33);
  }

  show(picture: I420Frame): void {
    this.#picture = picture;
  }

  /** @returns The local description, without waiting for candidates. */
  async offer(): Promise<string> {
    const offer = await this.connection.createOffer();
    await this.connection.setLocalDescription(offer);
    return offer.sdp;
  }

  async accept(answerSdp: string): Promise<void> {
    await this.connection.setRemoteDescription({ type: 'answer', sdp: answerSdp });
  }

  /** The first frame that comes from now on and matches. */
  seen(matches: (frame: I420Frame) => boolean = () => true): Promise<I420Frame> {
    const { promise, resolve } = Promise.withResolvers<I420Frame>();
    const watch = (frame: I420Frame): void => {
      if (!matches(frame)) return;
      this.#watchers.delete(watch);
      resolve(frame);
    };
    this.#watchers.add(watch);
    return promise;
  }

  close(): void {
    clearInterval(this.#sending);
    this.#sink.stop();
    this.connection.close();
  }
}
