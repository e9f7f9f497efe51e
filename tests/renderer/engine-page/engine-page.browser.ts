/**
 * A page with a local engine and nothing else: a source of plain grey, and a mixer that always wants frames and looks
 * at what comes. Tests talk to it over `window.rig`.
 */
import { builtInModels } from '../../../renderer/engine/built-in-models.ts';
import { LocalEngine } from '../../../renderer/engine/local-engine.ts';
import type { LocalState } from '../../../renderer/engine/local-state.ts';
import type { EngineToMixer, MixerToEngine } from '../../../renderer/mixer/mixer-message.ts';
import type { FrameSize } from '../../../shared/settings/schema.ts';

export interface EngineRig {
  engine: LocalEngine;
  builtIn: typeof builtInModels;
  states: LocalState[];
  notices: string[];
  /** Frames that came from the engine since the page was loaded. */
  frames: number;
  /** Red, green and blue, 0–255, in the middle of the newest frame, and its size. */
  last: { colour: number[]; size: FrameSize } | null;
  /** What the mixer asks of this worker and those after it. */
  compute(level: MixerToEngine['level']): void;
  /** Whether the track that the engine's sources are clones of is still live. */
  sourceLive(): boolean;
}

declare global {
  interface Window {
    rig: EngineRig;
  }
}

const size: FrameSize = { width: 256, height: 256 };
const generator = new MediaStreamTrackGenerator({ kind: 'video' });
const writer = generator.writable.getWriter();
const canvas = new OffscreenCanvas(size.width, size.height);
const painter = canvas.getContext('2d', { alpha: false })!;
painter.fillStyle = '#404040';
setInterval(() => {
  painter.fillRect(0, 0, size.width, size.height);
  const frame = new VideoFrame(canvas, { timestamp: Math.round(performance.now() * 1000) });
  writer.write(frame).catch(() => frame.close());
}, 1000 / 30);

let level: MixerToEngine['level'] = 'run';
let mixer: MessagePort | null = null;

function ask(port: MessagePort): void {
  const message: MixerToEngine = { type: 'compute', level };
  port.postMessage(message);
}

async function look(frame: VideoFrame): Promise<void> {
  const { displayWidth: width, displayHeight: height } = frame;
  const bitmap = await createImageBitmap(frame, width >> 1, height >> 1, 1, 1);
  frame.close();
  const pixel = new OffscreenCanvas(1, 1).getContext('2d')!;
  pixel.drawImage(bitmap, 0, 0);
  const colour = [...pixel.getImageData(0, 0, 1, 1).data].slice(0, 3);
  window.rig.frames += 1;
  window.rig.last = { colour, size: { width, height } };
}

function attachMixer(port: MessagePort): void {
  mixer?.close();
  mixer = port;
  port.addEventListener('message', ({ data }: MessageEvent<EngineToMixer>) => {
    look(data.frame).catch((error: unknown) => console.error('The frame cannot be looked at', error));
  });
  port.start();
  ask(port);
}

window.rig = {
  engine: new LocalEngine({
    source: () => generator,
    attachMixer,
    report: (report) => {
      if (report.type === 'state') window.rig.states.push(report.state);
      else window.rig.notices.push(report.text);
    },
  }),
  builtIn: builtInModels,
  states: [],
  notices: [],
  frames: 0,
  last: null,
  compute(wanted) {
    level = wanted;
    if (mixer) ask(mixer);
  },
  sourceLive: () => generator.readyState === 'live',
};
