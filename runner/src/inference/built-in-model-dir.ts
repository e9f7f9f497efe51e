import { fileURLToPath } from 'node:url';

/** Where the pipelines that Linkspan brings lie; the first of every `modelDirs`. */
export const builtInModelDir = fileURLToPath(new URL('../../../pipelines/models', import.meta.url));
