/**
 * Worker: turns whatever source is on into frames of the chosen size on the outgoing track. Its timers go on
 * at full rate while the window is hidden.
 */
import type { ComposeMessage } from './compose-message.ts';
import { framesPerSecond, repeatAfterMs } from './defaults.ts';
import { FrameSink } from './frame-sink.ts';
import { paintTestPattern } from './test-pattern.ts';

let sink: FrameSink | null = null;
/** Ends the present source; each source brings its own. */
let endSource = (): void => {};

function playPattern(to: FrameSink): () => void {
  let count = 0;
  const startedMs = performance.now();
  const draw = (): void =>
    to.paint((context, size) => {
      paintTestPattern(context, size, { count, seconds: (performance.now() - startedMs) / 1000 });
      count += 1;
    });
  draw();
  const timer = setInterval(draw, 1000 / framesPerSecond);
  return () => clearInterval(timer);
}

function playFrames(readable: ReadableStream<VideoFrame>, to: FrameSink): () => void {
  const reader = readable.getReader();
  let ended = false;
  let lastFrameMs = performance.now();
  const pump = async (): Promise<void> => {
    for (;;) {
      const { value: frame, done } = await reader.read();
      if (done) return;
      if (ended) {
        frame.close();
        return;
      }
      lastFrameMs = performance.now();
      to.frame(frame);
    }
  };
  pump().catch((error: unknown) => console.error('The source broke off', error));
  const timer = setInterval(() => {
    if (performance.now() - lastFrameMs >= repeatAfterMs) to.repeat();
  }, repeatAfterMs);
  return () => {
    ended = true;
    clearInterval(timer);
    reader.cancel().catch((error: unknown) => console.error('The source would not be cancelled', error));
  };
}

function handle(message: ComposeMessage): void {
  if (message.type === 'begin') {
    sink = new FrameSink(message.writable, message.size);
    return;
  }
  if (!sink) throw new Error(`Told ${message.type} before begin`);
  if (message.type === 'resize') {
    sink.resize(message.size);
    return;
  }
  endSource();
  endSource = () => {};
  switch (message.type) {
    case 'frames':
      endSource = playFrames(message.readable, sink);
      return;
    case 'pattern':
      endSource = playPattern(sink);
      return;
    case 'none':
      sink.clear();
      return;
    default:
      message satisfies never;
  }
}

addEventListener('message', (event: MessageEvent<ComposeMessage>) => handle(event.data));
