import { createHash } from 'node:crypto';
import path from 'node:path';
import { readInside } from '../../../pipelines/disk/read-inside.ts';
import type { Manifest } from '../../../pipelines/manifest.ts';
import { type Result, fail, ok } from '../../../shared/result.ts';
import { maxModelBytes } from './defaults.ts';
import { findModels } from './model-folder.ts';

/** A model whose bytes are those that its manifest promises. */
export interface VerifiedModel {
  manifest: Manifest;
  bytes: Uint8Array;
}

/**
 * Finds a pipeline by id; an id is only ever compared, never made part of a path.
 *
 * @returns A problem for the client: it names folders, and tells no path of this machine.
 */
export async function readModel(
  modelDirs: readonly string[],
  id: string,
): Promise<Result<VerifiedModel, string>> {
  const { models, problems } = await findModels(modelDirs);
  const found = models.find(({ manifest }) => manifest.id === id);
  if (!found) {
    const known = models.map(({ manifest }) => manifest.id).join(', ') || 'none';
    const broken = problems.map(({ folder, problem }) => `${path.basename(folder)}: ${problem}`).join('; ');
    const others = broken === '' ? '' : `. Models that cannot be used: ${broken}`;
    return fail(`There is no pipeline "${id}". Available: ${known}${others}`);
  }
  const { folder, manifest } = found;
  const file = await readInside(folder, manifest.file, maxModelBytes);
  const problem = file.ok ? mismatch(manifest, file.value) : file.problem;
  if (!file.ok || problem !== null) return fail(`"${id}" cannot be loaded: ${problem}`);
  return ok({ manifest, bytes: file.value });
}

function mismatch(manifest: Manifest, content: Buffer): string | null {
  const size = sizeMismatch(manifest, content.length);
  if (size !== null) return size;
  const sha256 = createHash('sha256').update(content).digest('hex');
  if (sha256 === manifest.sha256) return null;
  return `${manifest.file} has SHA-256 ${sha256}, its manifest says ${manifest.sha256}`;
}

/** @param bytes Of the model's file. */
export function sizeMismatch(manifest: Manifest, bytes: number): string | null {
  if (bytes === manifest.bytes) return null;
  return `${manifest.file} has ${bytes} bytes, its manifest says ${manifest.bytes}`;
}
