import type { Manifest } from '../../../pipelines/manifest.ts';

/** Execution providers that a runner uses, best first; `wasm`, which manifests name too, is the browser's. */
const runnerProviders = ['cuda', 'dml', 'coreml', 'webgpu', 'cpu'] as const;
export type RunnerProvider = (typeof runnerProviders)[number];

/** Those that a machine may lack; the CPU is always there. */
export const gpuProviders = runnerProviders.filter((name) => name !== 'cpu');

/**
 * What models run on here: found once at the runner's start, and handed to a session's process with each load.
 * Plain data, so that it crosses between processes.
 */
export interface ProviderPlan {
  /** What the operator wants. */
  choice: 'auto' | RunnerProvider;
  /** What works here, best first, always ending in `cpu`. Of an explicit choice only that one was tried. */
  usable: readonly RunnerProvider[];
  /** Why each of the others does not. */
  problems: readonly { provider: RunnerProvider; reason: string }[];
}

/** Tries nothing, and always works. */
export const cpuPlan: ProviderPlan = { choice: 'cpu', usable: ['cpu'], problems: [] };

/**
 * The providers to try for a model, in this order. By itself a runner follows the manifest, whose author knows
 * what suits the model; an operator's choice goes before it, but a manifest never runs on what it does not name.
 *
 * @param allowed The manifest's `runtime.ep`.
 */
export function providersFor(allowed: Manifest['runtime']['ep'], plan: ProviderPlan): RunnerProvider[] {
  if (plan.choice !== 'auto') return plan.usable.filter((name) => allowed.includes(name));
  return allowed.flatMap((name) => plan.usable.find((provider) => provider === name) ?? []);
}

/**
 * Why a model does not run on what the operator chose, as far as it is known before it is tried.
 *
 * @returns Null when nothing stands against it, or when nothing was chosen.
 */
export function fallbackReason(allowed: Manifest['runtime']['ep'], plan: ProviderPlan): string | null {
  const { choice, usable, problems } = plan;
  if (choice === 'auto') return null;
  if (!allowed.includes(choice)) return `its manifest does not allow ${choice}, which this runner is set to`;
  if (usable.includes(choice)) return null;
  const known = problems.find(({ provider }) => provider === choice);
  return `${choice}, which this runner is set to, cannot be used (${known?.reason ?? 'not tried'})`;
}

/** What is told when none of a manifest's providers can be used. */
export function missingReason(
  allowed: Manifest['runtime']['ep'],
  { usable, problems }: ProviderPlan,
): string {
  const broken = problems
    .filter(({ provider }) => allowed.includes(provider))
    .map(({ provider, reason }) => `; ${provider} cannot be used: ${reason}`);
  return `it needs one of ${allowed.join(', ')}; this runner has ${usable.join(', ')}${broken.join('')}`;
}

/** One line for the runner's log. */
export function describePlan({ usable, problems }: ProviderPlan): string {
  const broken = problems.map(({ provider, reason }) => `${provider} (${reason})`);
  const others = broken.length === 0 ? '' : `. Not usable: ${broken.join(', ')}`;
  return `Models can run on ${usable.join(', ')}${others}`;
}
