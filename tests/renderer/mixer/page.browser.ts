import type { MixPolicy } from '../../../renderer/mixer/mixer-message.ts';
import { Output } from '../../../renderer/mixer/output.ts';
import type { Shown } from '../../../shared/bridge/shown.ts';
import type { FrameSize } from '../../../shared/settings/schema.ts';
import { PlayedCloud } from './played-cloud.browser.ts';
import { PlayedEngine } from './played-engine.browser.ts';
import { RecordedOutput } from './recorded-output.browser.ts';
import { RemoteTrack } from './remote-track.browser.ts';
import { seeFrames, type SeenFrame } from './seen-frames.browser.ts';

/** A real mixer with a played cloud and a played engine; lives as long as the page. */
export class MixingPage {
  readonly cloud = new PlayedCloud();
  readonly output: Output;
  readonly seen: SeenFrame[];
  readonly shown: { shown: Shown; gapMs: number | null }[] = [];
  readonly recorded: RecordedOutput;
  /** How many messages of each type the mixer was sent. */
  readonly told: Record<string, number> = {};
  engine: PlayedEngine;

  constructor(size: FrameSize, policy: MixPolicy) {
    const told = this.told;
    window.Worker = class extends Worker {
      override postMessage(message: { type: string }, transfer?: Transferable[] | object): void {
        told[message.type] = (told[message.type] ?? 0) + 1;
        super.postMessage(message, transfer as Transferable[]);
      }
    };
    this.output = new Output(size, policy, (shown, gapMs) => this.shown.push({ shown, gapMs }));
    this.seen = seeFrames(this.track);
    this.recorded = new RecordedOutput(this.output.stream);
    this.engine = this.restartEngine(size, 'blue');
  }

  get track(): MediaStreamTrack {
    return this.output.stream.getVideoTracks()[0]!;
  }

  get label(): string {
    const shown = this.shown.at(-1)?.shown;
    if (!shown) return 'none';
    return 'because' in shown ? `${shown.kind} ${shown.because}` : shown.kind;
  }

  restartEngine(size: FrameSize, colour: string): PlayedEngine {
    this.engine = new PlayedEngine(size, colour);
    this.output.attachEngine(this.engine.port);
    return this.engine;
  }

  /** The cloud's track as it comes in life: through an encoder, a connection and a jitter buffer. */
  remoteCloud(): Promise<RemoteTrack> {
    return RemoteTrack.of(this.cloud.track);
  }
}

declare global {
  interface Window {
    begin(size: FrameSize, policy: MixPolicy): void;
    mixing: MixingPage;
  }
}

window.begin = (size, policy) => {
  window.mixing = new MixingPage(size, policy);
};
