/** The door of this folder; see its README. */
export { builtInModelDir } from './built-in-model-dir.ts';
export { detectProviders } from './detect-providers.ts';
export type { Engine } from './engine.ts';
export type { I420Frame } from './i420-frame.ts';
export { listModels } from './list-models.ts';
export { listPipelines } from './list-pipelines.ts';
export { createEngine } from './worker-engine.ts';
export { describePlan, type ProviderPlan, type RunnerProvider } from './provider-plan.ts';
