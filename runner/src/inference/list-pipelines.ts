import type { PipelineInfo } from '../../../shared/wire/pipelines.ts';
import { toPipelineInfo } from '../../../pipelines/pipeline-info.ts';
import { findModels } from './model-folder.ts';

/**
 * What a client may choose from. The model files themselves are read and verified when one is loaded.
 *
 * @param modelDirs Folders whose subfolders hold `model.json` and an .onnx file each; earlier ones win.
 * @returns The pipelines, and for the runner's log one sentence for each model that cannot be offered.
 */
export async function listPipelines(
  modelDirs: readonly string[],
): Promise<{ pipelines: PipelineInfo[]; problems: string[] }> {
  const { models, problems } = await findModels(modelDirs);
  return {
    pipelines: models.map(({ manifest }) => toPipelineInfo(manifest)),
    problems: problems.map(({ folder, problem }) => `${folder}: ${problem}`),
  };
}
