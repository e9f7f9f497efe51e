import { listSupportedBackends } from 'onnxruntime-node';
import type { Manifest } from '../../../pipelines/manifest.ts';

type ProviderName = Manifest['runtime']['ep'][number];

/** Those that a runner uses. `wasm` is the browser's; WebGPU's build for Node aborts without an adapter's word. */
const runnerProviders = ['cuda', 'dml', 'coreml', 'cpu'] as const;
export type RunnerProvider = (typeof runnerProviders)[number];

/** What this machine's ONNX Runtime was built with; naming another one throws when a session is made. */
export function availableProviders(): readonly RunnerProvider[] {
  const built: readonly string[] = listSupportedBackends().map((backend) => backend.name);
  return runnerProviders.filter((name) => built.includes(name));
}

/** The manifest's providers that can be tried here, in its order. */
export function usableProviders(
  wanted: readonly ProviderName[],
  available: readonly RunnerProvider[],
): RunnerProvider[] {
  return wanted.flatMap((name) => available.find((provider) => provider === name) ?? []);
}
