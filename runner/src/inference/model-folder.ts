import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { readInside, reasonOf } from '../../../pipelines/disk/read-inside.ts';
import { type Manifest, parseManifest } from '../../../pipelines/manifest.ts';
import { type Result, fail, ok } from '../../../shared/result.ts';
import { maxManifestBytes } from './defaults.ts';

/** A manifest, and the folder in which it and its model lie. */
export interface ModelFolder {
  folder: string;
  manifest: Manifest;
}

/** A folder that cannot be used, with an absolute path, which is for the runner's own log only. */
export interface FolderProblem {
  folder: string;
  problem: string;
}

/**
 * Reads the manifests in each subfolder of the given folders. Of two models with one id the earlier counts,
 * so that a user's folder cannot shadow what is built in.
 *
 * @returns The models, and what is wrong with each that cannot be used.
 */
export async function findModels(
  modelDirs: readonly string[],
): Promise<{ models: ModelFolder[]; problems: FolderProblem[] }> {
  const models = new Map<string, ModelFolder>();
  const problems: FolderProblem[] = [];
  for (const dir of modelDirs) {
    const subfolders = await subfoldersOf(dir);
    if (!subfolders.ok) {
      problems.push({ folder: dir, problem: subfolders.problem });
      continue;
    }
    for (const folder of subfolders.value) {
      const read = await readManifest(folder);
      if (!read.ok) {
        problems.push({ folder, problem: read.problem });
        continue;
      }
      const { id } = read.value;
      const earlier = models.get(id);
      if (earlier) {
        const problem = `the id "${id}" is taken by the folder ${path.basename(earlier.folder)}`;
        problems.push({ folder, problem });
      } else models.set(id, { folder, manifest: read.value });
    }
  }
  return { models: [...models.values()], problems };
}

async function subfoldersOf(dir: string): Promise<Result<string[], string>> {
  try {
    const entries = await readdir(dir, { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
    return ok(folders.map((entry) => path.join(dir, entry.name)).toSorted());
  } catch (error) {
    return fail(`it cannot be read as a folder of models (${reasonOf(error)})`);
  }
}

async function readManifest(folder: string): Promise<Result<Manifest, string>> {
  const file = await readInside(folder, 'model.json', maxManifestBytes);
  return file.ok ? parseManifest(file.value.toString('utf8')) : file;
}
