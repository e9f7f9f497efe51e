import path from 'node:path';
import type { ModelInfo, ModelList } from '../../../shared/wire/models.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { maxModelBytes } from './defaults.ts';
import { sizeInside } from '../../../pipelines/disk/read-inside.ts';
import { findModels, type ModelFolder } from './model-folder.ts';
import { type ProviderPlan, providersFor } from './provider-plan.ts';
import { sizeMismatch } from './read-model.ts';

/**
 * The models that this runner has, for those who look after it. Files are looked at, not read: SHA-256 is
 * checked when a model is loaded, as they may have half a gigabyte.
 *
 * @param modelDirs Folders whose subfolders hold `model.json` and an .onnx file each; earlier ones win.
 * @param providers What models can run on here.
 * @returns No path of this machine, as clients may ask for it.
 */
export async function listModels(modelDirs: readonly string[], providers: ProviderPlan): Promise<ModelList> {
  const found = await findModels(modelDirs);
  const models: ModelInfo[] = [];
  const problems = [...found.problems];
  const looked = await Promise.all(found.models.map((model) => look(model, providers)));
  for (const [index, model] of looked.entries()) {
    if (model.ok) models.push(model.value);
    else problems.push({ folder: found.models[index]!.folder, problem: model.problem });
  }
  return {
    models,
    problems: problems.map(({ folder, problem }) => ({ folder: path.basename(folder), problem })),
  };
}

async function look(
  { folder, manifest }: ModelFolder,
  providers: ProviderPlan,
): Promise<Result<ModelInfo, string>> {
  const size = await sizeInside(folder, manifest.file, maxModelBytes);
  const problem = size.ok ? sizeMismatch(manifest, size.value) : size.problem;
  if (problem !== null) return fail(problem);
  const { id, title, version, license, file, bytes, sha256, runtime } = manifest;
  return ok({
    id,
    title,
    version,
    license,
    file,
    bytes,
    sha256,
    precision: runtime.precision,
    identity: runtime.identity,
    execution_providers: runtime.ep,
    execution_provider: runtime.identity ? null : (providersFor(runtime.ep, providers)[0] ?? null),
  });
}
