import type { InferenceSession } from 'onnxruntime-web/jspi';
import type { Manifest } from '../../pipelines/manifest.ts';
import { checkModel } from '../../pipelines/run/check-model.ts';
import { frameGeometry } from '../../pipelines/run/frame-geometry.ts';
import { ModelRun } from '../../pipelines/run/model-run.ts';
import { conversionMsPerMegapixel, realTimeMs, trialRuns } from './defaults.ts';
import { median } from './median.ts';
import type { ModelShape, TensorShape, Trial, TrialRequest } from './trial.ts';

/** Makes a session of a file's bytes, as the engine makes one; rejects with what the runtime has against them. */
export type CreateSession = (bytes: Uint8Array) => Promise<InferenceSession>;

/**
 * What the file says it takes and gives.
 *
 * @throws {Error} If it cannot be read, or is no model that runs here; the message is for the user.
 */
export async function inspectModel(url: string, createSession: CreateSession): Promise<ModelShape> {
  const session = await open(url, createSession);
  try {
    return {
      inputs: session.inputMetadata.map(tensorShape),
      outputs: session.outputMetadata.map(tensorShape),
    };
  } finally {
    await session.release();
  }
}

/**
 * Three warm-up runs with the values that the parameters start with.
 *
 * @throws {Error} If the model does not match its manifest, or a run fails; the message is for the user.
 */
export async function tryModel(
  { url, manifest, size }: TrialRequest,
  createSession: CreateSession,
): Promise<Trial> {
  const session = await open(url, createSession);
  try {
    const problem = checkModel(manifest, session.inputMetadata, session.outputMetadata);
    if (problem !== null) throw new Error(`It does not match its description: ${problem}.`);
    return await timed(manifest, size, session);
  } finally {
    await session.release();
  }
}

async function timed(manifest: Manifest, size: Trial['size'], session: InferenceSession): Promise<Trial> {
  const run = new ModelRun(manifest, (feeds) => session.run(feeds), {
    parameters: {},
    now: () => performance.now(),
    // Of parameters that were left out, of which there are none in a trial.
    log: () => {},
  });
  const frames: { runMs: number; frameMs: number }[] = [];
  for (let count = 0; count < trialRuns; count += 1) {
    const startMs = performance.now();
    paintGradient(run.frameFor(size.width, size.height).data, manifest.io.image.scale);
    // oxlint-disable-next-line no-await-in-loop -- runs must not overlap
    const { runMs } = await run.run();
    frames.push({ runMs, frameMs: performance.now() - startMs });
  }
  // The first one plans memory.
  const counted = frames.slice(1);
  const conversionMs = (conversionMsPerMegapixel * size.width * size.height) / 1e6;
  const frameMs = median(counted.map((frame) => frame.frameMs)) + conversionMs;
  return {
    size: frameGeometry(size.width, size.height, manifest.io.image).model,
    runMs: median(counted.map(({ runMs }) => runMs)),
    frameMs,
    realTime: frameMs <= realTimeMs,
  };
}

/** No two pixels in a row alike: of a plain picture some models make short work. */
function paintGradient(data: Float32Array, scale: number): void {
  const steps = 251;
  for (let at = 0; at < data.length; at += 1) data[at] = ((at % steps) / steps) * scale;
}

async function open(url: string, createSession: CreateSession): Promise<InferenceSession> {
  const response = await fetch(url);
  if (!response.ok) throw new Error('The file cannot be read.');
  const bytes = new Uint8Array(await response.arrayBuffer());
  try {
    return await createSession(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`ONNX Runtime cannot load it: ${reason}`, { cause: error });
  }
}

function tensorShape(value: InferenceSession.ValueMetadata): TensorShape {
  // Sequences and maps: nothing that a picture fits in, and their type says so.
  if (!value.isTensor) return { name: value.name, type: 'not a tensor', dims: [] };
  // A side that may have any size has a name, or none and is negative.
  const dims = value.shape.map((side) => (typeof side === 'number' && side >= 0 ? side : null));
  return { name: value.name, type: value.type, dims };
}
