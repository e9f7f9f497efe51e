import type { FrameSize } from '../../shared/settings/schema.ts';
import { Alarm } from './alarm.ts';
import { mixDefaults } from './defaults.ts';
import { initialMix, type MixEvent, type MixState } from './mix-state.ts';
import type { EngineToMixer, FromMixer, MixerToEngine, MixPolicy } from './mixer-message.ts';
import { mix } from './mixer.ts';
import { computeLevel, fadeFactor, wakeAt } from './outlook.ts';
import { PictureSink, type Origin } from './picture-sink.ts';
import { readFrames } from './read-frames.ts';

/** An event without its time, which the desk adds. */
type Happening = MixEvent extends infer Event ? (Event extends MixEvent ? Omit<Event, 'now'> : never) : never;

/** Epoch milliseconds that are never set back. */
const clock = (): number => performance.timeOrigin + performance.now();

/** Carries out what `mix` decides: owns the frames, the streams and the one timer. */
export class MixDesk {
  readonly #sink: PictureSink;
  readonly #tell: (message: FromMixer) => void;
  readonly #alarm = new Alarm(clock, () => this.happen({ type: 'tick' }));
  #state: MixState;
  #recording = false;
  /** A local frame computed ahead. */
  #kept: VideoFrame | null = null;
  /** When a picture last went out that was no repetition. */
  #newPictureAt: number | null = null;
  #endCloud = (): void => {};
  #engine: MessagePort | null = null;
  #level: MixerToEngine['level'] = 'idle';

  constructor(
    writable: WritableStream<VideoFrame>,
    size: FrameSize,
    policy: MixPolicy,
    tell: (message: FromMixer) => void,
  ) {
    this.#sink = new PictureSink(writable, size);
    this.#state = initialMix(policy, clock());
    this.#tell = tell;
    this.#follow(this.#state, clock());
  }

  cloud(readable: ReadableStream<VideoFrame> | null): void {
    this.#endCloud();
    this.#endCloud = readable
      ? readFrames(readable, (frame) => this.happen({ type: 'cloud-frame' }, frame))
      : () => {};
    this.happen({ type: 'cloud-replaced' });
  }

  engine(port: MessagePort): void {
    this.#engine?.close();
    this.#engine = port;
    port.onmessage = ({ data }: MessageEvent<EngineToMixer>) => {
      if (port === this.#engine) this.happen({ type: 'local-frame' }, data.frame);
      else data.frame.close();
    };
    this.#say(this.#level);
    this.happen({ type: 'engine-replaced' });
  }

  resize(size: FrameSize): void {
    this.#sink.resize(size, clock());
  }

  record(on: boolean): void {
    this.#recording = on;
    this.happen({ type: 'tick' });
  }

  clear(): void {
    this.#sink.clear();
    this.#newPictureAt = null;
    this.happen({ type: 'clear' });
  }

  /** @param frame The one that the event brings: ours from now on. */
  happen(happening: Happening, frame: VideoFrame | null = null): void {
    const now = clock();
    const mixed = mix(this.#state, { ...happening, now });
    const before = this.#state;
    this.#state = mixed.state;
    const lastAt = this.#newPictureAt;
    if (frame) {
      if (mixed.frame === 'emit')
        this.#emit(frame, happening.type === 'cloud-frame' ? 'cloud' : 'local', now);
      else if (mixed.frame === 'keep') this.#keep(frame);
      else frame.close();
    }
    if (mixed.emitKept && this.#kept) {
      this.#emit(this.#kept, 'local', now);
      this.#kept = null;
    }
    if (mixed.state.keptAt === null) this.#keep(null);
    this.#sink.fade(fadeFactor(mixed.state, now), now);
    if (mixed.state.shown !== before.shown) {
      const isNew = this.#newPictureAt !== lastAt && before.shown.kind !== 'none';
      this.#tell({ type: 'shown', shown: mixed.state.shown, gapMs: isNew && lastAt ? now - lastAt : null });
    }
    this.#follow(mixed.state, now);
  }

  #emit(frame: VideoFrame, origin: Origin, now: number): void {
    this.#newPictureAt = now;
    this.#sink.show(frame, origin, fadeFactor(this.#state, now), now);
  }

  #keep(frame: VideoFrame | null): void {
    this.#kept?.close();
    this.#kept = frame;
  }

  /** Has the engine work as it should from now on, repeats what stands still, and sets the timer. */
  #follow(state: MixState, now: number): void {
    const level = computeLevel(state, now);
    if (level !== this.#level) this.#say(level);
    let at = wakeAt(state, now);
    const { sentAt } = this.#sink;
    if (this.#recording && sentAt !== null) {
      if (now - sentAt >= mixDefaults.repeatMs) this.#sink.repeat(fadeFactor(state, now), now);
      at = Math.min(at ?? Infinity, this.#sink.sentAt! + mixDefaults.repeatMs);
    }
    this.#alarm.set(at);
  }

  #say(level: MixerToEngine['level']): void {
    this.#level = level;
    this.#engine?.postMessage({ type: 'compute', level } satisfies MixerToEngine);
  }
}
