import { InferenceSession } from 'onnxruntime-node';
import { type Result, fail, ok } from '../../../shared/result.ts';
import { availableProviders, usableProviders } from './execution-provider.ts';
import { checkModel } from './check-model.ts';
import type { VerifiedModel } from './read-model.ts';

/**
 * Makes an ONNX Runtime session and checks it against the manifest. Providers are tried in the manifest's
 * order: a GPU library may be built in and still find no device.
 *
 * @param intraOpThreads Threads within one operator, 1 or more.
 */
export async function openSession(
  { manifest, bytes }: VerifiedModel,
  intraOpThreads: number,
  log: (line: string) => void,
): Promise<Result<InferenceSession, string>> {
  const available = availableProviders();
  const usable = usableProviders(manifest.runtime.ep, available);
  let reason = `it needs one of ${manifest.runtime.ep.join(', ')}; this machine has ${available.join(', ')}`;
  for (const provider of usable) {
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
      return fail(`"${manifest.id}": ${manifest.file} does not match its manifest: ${problem}`);
    } catch (error) {
      reason = `${provider}: ${error instanceof Error ? error.message : String(error)}`;
      log(`"${manifest.id}" cannot run on ${reason}`);
    }
  }
  return fail(`"${manifest.id}" cannot be loaded: ${reason}`);
}
