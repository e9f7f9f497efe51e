import { builtInModelDir } from './built-in-model-dir.ts';
import { builtProviders } from './built-providers.ts';
import { trialTolerance } from './defaults.ts';
import { type I420Frame, i420Size } from './i420-frame.ts';
import { PipelineSession } from './pipeline-session.ts';
import { cpuPlan, type RunnerProvider } from './provider-plan.ts';
import { readModel } from './read-model.ts';

/** Small, and it convolves, reduces, pads and clips: what fails on a provider tends to be one of these. */
const trialModel = 'sketch';

/**
 * Runs a small model on a provider just as a session does, and compares the picture with the CPU's. It may take
 * the process with it, which is why it runs in one that is thrown away.
 *
 * @param run Gives the trial's picture on a provider; tests have providers of their own.
 * @returns Why the provider cannot be used, or null.
 */
export async function tryProvider(
  provider: RunnerProvider,
  run: (provider: RunnerProvider) => Promise<I420Frame> = runTrial,
): Promise<string | null> {
  try {
    const expected = await run('cpu');
    return difference(expected, await run(provider));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** @throws {Error} If the provider is not there, or fails. */
async function runTrial(provider: RunnerProvider): Promise<I420Frame> {
  if (!builtProviders().includes(provider)) throw new Error('not part of this build of ONNX Runtime');
  const model = await readModel([builtInModelDir], trialModel);
  if (!model.ok) throw new Error(model.problem);
  const { manifest, bytes } = model.value;
  const forced = { ...manifest, runtime: { ...manifest.runtime, ep: [provider] } };
  const opened = await PipelineSession.open(
    { manifest: forced, bytes },
    {
      parameters: {},
      providers: { ...cpuPlan, choice: provider, usable: [provider] },
      intraOpThreads: 1,
      now: () => 0,
      log: () => undefined,
    },
  );
  if (!opened.ok) throw new Error(opened.problem);
  const { frame } = await opened.value.process(pattern(96, 64));
  await opened.value.close();
  return frame;
}

/** Edges of every strength, in every direction, the same each time. */
function pattern(width: number, height: number): I420Frame {
  const data = new Uint8Array(i420Size(width, height)).fill(128);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) data[y * width + x] = 16 + ((x * x + 3 * y * y + x * y) % 220);
  }
  return { width, height, data };
}

function difference(expected: I420Frame, actual: I420Frame): string | null {
  if (expected.data.length !== actual.data.length) return 'it gives a picture of another size than the CPU';
  const off = expected.data.reduce(
    (most, value, at) => Math.max(most, Math.abs(value - actual.data[at]!)),
    0,
  );
  return off <= trialTolerance ? null : `its picture is up to ${off} of 255 off the CPU's`;
}
