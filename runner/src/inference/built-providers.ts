import { listSupportedBackends } from 'onnxruntime-node';
import { gpuProviders, type RunnerProvider } from './provider-plan.ts';

/**
 * What this ONNX Runtime was built with; naming another one throws when a session is made. It says nothing of
 * the machine: a provider may lack its libraries, its driver or a device.
 */
export function builtProviders(): RunnerProvider[] {
  const built: readonly string[] = listSupportedBackends().map((backend) => backend.name);
  return [...gpuProviders.filter((name) => built.includes(name)), 'cpu'];
}
