import type { FrameSize } from '../../../shared/settings/schema.ts';

/** A cloud's track whose frames, all of one colour, the test lets come and go. */
export class PlayedCloud {
  readonly track: MediaStreamTrack;
  readonly #writer: WritableStreamDefaultWriter<VideoFrame>;
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor() {
    const generator = new MediaStreamTrackGenerator({ kind: 'video' });
    this.track = generator;
    this.#writer = generator.writable.getWriter();
  }

  play(size: FrameSize, colour: string, framesPerSecond = 30): void {
    this.freeze();
    this.#timer = setInterval(() => {
      if ((this.#writer.desiredSize ?? 0) <= 0) return;
      const frame = colouredFrame(size, colour);
      this.#writer.write(frame).catch(() => frame.close());
    }, 1000 / framesPerSecond);
  }

  freeze(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }
}

/** Its timestamp is on a clock of its own, as every stream's is. */
export function colouredFrame({ width, height }: FrameSize, colour: string): VideoFrame {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false })!;
  context.fillStyle = colour;
  context.fillRect(0, 0, width, height);
  return new VideoFrame(canvas, { timestamp: Math.round(performance.now() * 1000) + 7e9, alpha: 'discard' });
}
