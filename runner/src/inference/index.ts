import { fileURLToPath } from 'node:url';

/** The door of this folder; see its README. */
export { type Engine, createEngine } from './engine.ts';
export type { I420Frame } from './i420-frame.ts';
export { listPipelines } from './list-pipelines.ts';

/** Where the pipelines that Linkspan brings lie; the first of every `modelDirs`. */
export const builtInModelDir = fileURLToPath(new URL('../../../pipelines/models', import.meta.url));
