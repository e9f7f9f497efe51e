import { createHash } from 'node:crypto';
import type { Manifest } from '../../../pipelines/manifest.ts';
import { type Result, fail, ok } from '../../../shared/result.ts';
import { maxModelBytes } from './defaults.ts';
import { findModels, readInside } from './model-folder.ts';

/** A model whose bytes are those that its manifest promises. */
export interface VerifiedModel {
  manifest: Manifest;
  bytes: Uint8Array;
}

/** Finds a pipeline by id; an id is only ever compared, never made part of a path. */
export async function readModel(
  modelDirs: readonly string[],
  id: string,
): Promise<Result<VerifiedModel, string>> {
  const { models, problems } = await findModels(modelDirs);
  const found = models.find(({ manifest }) => manifest.id === id);
  if (!found) {
    const known = models.map(({ manifest }) => manifest.id).join(', ') || 'none';
    const broken = problems.length > 0 ? `. Models that cannot be used: ${problems.join('; ')}` : '';
    return fail(`There is no pipeline "${id}". Available: ${known}${broken}`);
  }
  const { folder, manifest } = found;
  const file = await readInside(folder, manifest.file, maxModelBytes);
  if (!file.ok) return fail(`${folder}: ${file.problem}`);
  if (file.value.length !== manifest.bytes) {
    return fail(
      `${folder}: ${manifest.file} has ${file.value.length} bytes, its manifest says ${manifest.bytes}`,
    );
  }
  const sha256 = createHash('sha256').update(file.value).digest('hex');
  if (sha256 !== manifest.sha256) {
    return fail(`${folder}: ${manifest.file} has SHA-256 ${sha256}, its manifest says ${manifest.sha256}`);
  }
  return ok({ manifest, bytes: file.value });
}
