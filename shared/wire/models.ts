import * as v from 'valibot';

/** One entry of `GET /api/v1/models`: a model as its manifest describes it. */
export const modelInfo = v.object({
  /** Also the id of its pipeline. */
  id: v.string(),
  title: v.string(),
  version: v.string(),
  /** SPDX expression. */
  license: v.string(),
  /** Name of the .onnx file in the model's folder. */
  file: v.string(),
  bytes: v.number(),
  /** What the manifest says; the file is held against it when it is loaded. */
  sha256: v.string(),
  precision: v.string(),
  /** Frames are handed through: no model runs, on whatever provider. */
  identity: v.boolean(),
  /** Those that the manifest allows, best first. */
  execution_providers: v.array(v.string()),
  /** The one that this runner would use; null when it has none of them, or none is needed. */
  execution_provider: v.nullable(v.string()),
});

/** A folder that lies among the models and cannot be offered. */
const modelProblem = v.object({
  /** Its name, without the path. */
  folder: v.string(),
  problem: v.string(),
});

/** Answer of `GET /api/v1/models`. */
export const modelList = v.object({ models: v.array(modelInfo), problems: v.array(modelProblem) });

export type ModelInfo = v.InferOutput<typeof modelInfo>;
export type ModelList = v.InferOutput<typeof modelList>;
