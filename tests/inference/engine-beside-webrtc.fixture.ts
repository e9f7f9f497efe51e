import { createRequire } from 'node:module';
import { builtInModelDir, createEngine } from '../../runner/src/inference/index.ts';
import { flatFrame } from '../../runner/src/inference/fixtures/frames.ts';

/** A process as a session's is: WebRTC on its main thread, inference in the worker, ended in the midst of runs. */
const wrtc = createRequire(import.meta.url)('@roamhq/wrtc') as {
  RTCPeerConnection: new () => {
    createDataChannel(label: string): unknown;
    createOffer(): Promise<unknown>;
    setLocalDescription(description: unknown): Promise<void>;
    close(): void;
  };
};

const peer = new wrtc.RTCPeerConnection();
peer.createDataChannel('test');
await peer.setLocalDescription(await peer.createOffer());

const engine = createEngine({ modelDirs: [builtInModelDir], log: console.error });
const loaded = await engine.load('sketch', {});
if (!loaded.ok) throw new Error(loaded.problem);

const frame = flatFrame(512, 512, [90, 120, 150]);
let frames = 0;
await new Promise<void>((resolve) => {
  engine.onFrame(() => {
    frames += 1;
    if (frames === 20) resolve();
    engine.submit(frame);
    engine.submit(frame);
  });
  engine.submit(frame);
});
await engine.dispose();
peer.close();
console.log(`disposed after ${frames} frames`);
process.exit(0);
