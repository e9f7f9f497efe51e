import { InferenceSession } from 'onnxruntime-node';
import { checkModel } from '../../../pipelines/run/check-model.ts';
import { type Result, fail, ok } from '../../../shared/result.ts';
import type { RunnerProvider } from './provider-plan.ts';
import type { VerifiedModel } from './read-model.ts';

/**
 * Makes an ONNX Runtime session on one provider and checks it against the manifest.
 *
 * @param intraOpThreads Threads within one operator, 1 or more.
 */
export async function openSession(
  { manifest, bytes }: VerifiedModel,
  provider: RunnerProvider,
  intraOpThreads: number,
): Promise<Result<InferenceSession, string>> {
  try {
    const session = await InferenceSession.create(bytes, {
      executionProviders: [provider],
      intraOpNumThreads: intraOpThreads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      // A failing run is reported by whoever asked for it; ONNX Runtime would print it thirty times a second.
      logSeverityLevel: 4,
    });
    const problem = checkModel(manifest, session.inputMetadata, session.outputMetadata);
    if (problem === null) return ok(session);
    await session.release();
    return fail(`${manifest.file} does not match its manifest: ${problem}`);
  } catch (error) {
    return fail(`${provider} refuses it: ${error instanceof Error ? error.message : String(error)}`);
  }
}
