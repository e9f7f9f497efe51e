import { type Result, fail, ok } from '../../shared/result.ts';
import type { Manifest } from '../../pipelines/manifest.ts';
import type { ParameterValues } from '../../shared/wire/parameters.ts';
import { type FrameSession, identitySession } from './frame-session.ts';
import { LocalSession } from './local-session.ts';
import { type WebGpuProbe, probeWebGpu } from './webgpu-probe.ts';

type PageProvider = 'wasm' | 'webgpu';

export interface LoadOptions {
  manifest: Manifest;
  /** The model's file; of an `identity` model it is not looked at. */
  bytes: Uint8Array;
  parameters: ParameterValues;
  allowWebGpu: boolean;
  log: (line: string) => void;
}

let probed: Promise<WebGpuProbe> | null = null;

/**
 * Opens a model on the first provider that its manifest allows and that can have it here. Whatever fails on the
 * graphics processor runs on WASM, and the log says why.
 *
 * @returns A session, or a problem that can be shown to the user as it is.
 */
export async function loadSession(options: LoadOptions): Promise<Result<FrameSession, string>> {
  const { manifest, log } = options;
  if (manifest.runtime.identity) return ok(identitySession(manifest));
  const allowed = manifest.runtime.ep.filter(
    (ep): ep is PageProvider => ep === 'wasm' || (ep === 'webgpu' && options.allowWebGpu),
  );
  let reason = `it needs one of ${manifest.runtime.ep.join(', ')}, which this app's window has not`;
  for (const provider of allowed) {
    // oxlint-disable-next-line no-await-in-loop -- the next provider is tried only if this one fails
    const opened = await openOn(provider, options);
    if (opened.ok) return opened;
    reason = opened.problem;
    log(`"${manifest.id}" does not run on ${provider}: ${reason}`);
  }
  return fail(`"${manifest.title}" cannot be loaded: ${reason}`);
}

async function openOn(provider: PageProvider, options: LoadOptions): Promise<Result<FrameSession, string>> {
  if (provider === 'webgpu') {
    probed ??= probeWebGpu();
    const probe = await probed;
    if (!probe.ok) return fail(`WebGPU cannot be used here: ${probe.reason}`);
  }
  return LocalSession.open({ ...options, provider });
}
