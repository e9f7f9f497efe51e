import type { EngineToMixer, MixerToEngine } from '../../../renderer/mixer/mixer-message.ts';
import type { FrameSize } from '../../../shared/settings/schema.ts';
import { colouredFrame } from './played-cloud.browser.ts';

/** The engine's end of the mixer's port: frames of one colour while they are wanted. */
export class PlayedEngine {
  /** To be handed to the mixer. */
  readonly port: MessagePort;
  /** What it was told, in order. */
  readonly levels: string[] = [];
  /** A hanging engine takes orders, and makes nothing. */
  hangs = false;
  readonly #port: MessagePort;
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor(size: FrameSize, colour: string) {
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    this.#port = port2;
    port2.onmessage = ({ data }: MessageEvent<MixerToEngine>) => {
      this.levels.push(data.level);
      if (this.#timer !== null) clearInterval(this.#timer);
      this.#timer = data.level === 'run' ? setInterval(() => this.send(size, colour), 33) : null;
    };
  }

  send(size: FrameSize, colour: string): void {
    if (this.hangs) return;
    const frame = colouredFrame(size, colour);
    this.#port.postMessage({ type: 'frame', frame } satisfies EngineToMixer, [frame]);
  }
}
