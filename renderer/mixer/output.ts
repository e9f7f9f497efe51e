import type { Shown } from '../../shared/bridge/shown.ts';
import type { FrameSize } from '../../shared/settings/schema.ts';
import type { FromMixer, MixPolicy, ToMixer } from './mixer-message.ts';

/** Told of every change of what is on the output, and of the gap before it (see `FromMixer`). */
export type ReportShown = (shown: Shown, gapMs: number | null) => void;

/** The window's side of the mixing worker: owns the one track that stage, recording and output window hang on. */
export class Output {
  /** One video track, which lives as long as the page; silent while nothing is shown. */
  readonly stream: MediaStream;
  readonly #worker: Worker;
  #size: FrameSize;
  #policy: MixPolicy;
  #cloud: MediaStreamTrack | null = null;
  #stuck = false;
  #recording = false;

  constructor(size: FrameSize, policy: MixPolicy, report: ReportShown) {
    const generator = new MediaStreamTrackGenerator({ kind: 'video' });
    generator.contentHint = 'motion';
    this.stream = new MediaStream([generator]);
    this.#size = size;
    this.#policy = policy;
    this.#worker = new Worker(new URL('./mixer-worker.ts', import.meta.url), { type: 'module' });
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromMixer>) =>
      report(data.shown, data.gapMs),
    );
    const { writable } = generator;
    this.#tell({ type: 'begin', writable, size, policy }, [writable]);
  }

  /**
   * The cloud's track from now on; null when the connection was ended on purpose. A track that is on already is left
   * on. The track stays the caller's, who stops it.
   */
  showCloud(track: MediaStreamTrack | null): void {
    // Of a track that has ended no processor can be made.
    const live = track?.readyState === 'live' ? track : null;
    if (live === this.#cloud) return;
    this.#cloud = live;
    const readable = live && new MediaStreamTrackProcessor({ track: live, maxBufferSize: 1 }).readable;
    this.#tell({ type: 'cloud', readable }, readable ? [readable] : []);
  }

  /** The far end of `port` is an inference worker's; a restarted one brings a new port. */
  attachEngine(port: MessagePort): void {
    this.#tell({ type: 'engine', port }, [port]);
  }

  setPolicy(policy: MixPolicy): void {
    const { prefer, localBeforeCloud, localWhenSilent } = policy;
    const now = this.#policy;
    if (
      prefer === now.prefer &&
      localBeforeCloud === now.localBeforeCloud &&
      localWhenSilent === now.localWhenSilent
    )
      return;
    this.#policy = policy;
    this.#tell({ type: 'policy', policy });
  }

  /** Size of every frame on the output from now on. */
  setSize(size: FrameSize): void {
    if (size.width === this.#size.width && size.height === this.#size.height) return;
    this.#size = size;
    this.#tell({ type: 'size', size });
  }

  /** The runner's word that it makes no new frames; for its frames alone, so a new runner starts with false. */
  setStuck(stuck: boolean): void {
    if (stuck === this.#stuck) return;
    this.#stuck = stuck;
    this.#tell({ type: 'stuck', stuck });
  }

  /** While on, a picture that stands still is repeated. */
  setRecording(on: boolean): void {
    if (on === this.#recording) return;
    this.#recording = on;
    this.#tell({ type: 'recording', on });
  }

  /**
   * The user stopped: what was shown is forgotten, and so are frames that were still on their way. Policy, cloud and
   * engine stay as they are: the next frames are shown by the same rules as at the first start.
   */
  clear(): void {
    this.#tell({ type: 'clear' });
  }

  #tell(message: ToMixer, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }
}
