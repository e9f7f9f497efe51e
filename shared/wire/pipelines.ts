import * as v from 'valibot';
import { parameterSpec } from './parameters.ts';

/** One entry of `GET /api/v1/pipelines`. */
export const pipelineInfo = v.object({
  id: v.string(),
  title: v.string(),
  description: v.optional(v.string(), ''),
  version: v.optional(v.string(), ''),
  parameters: v.array(parameterSpec),
});

/** Answer of `GET /api/v1/pipelines`. */
export const pipelineList = v.object({ pipelines: v.array(pipelineInfo) });

/** Answer of `GET /api/v1/pipeline/status`. */
export const pipelineStatus = v.object({
  status: v.picklist(['not_loaded', 'loading', 'loaded', 'error']),
  pipeline_id: v.nullable(v.string()),
  error: v.optional(v.string()),
  /**
   * With `loaded`: the execution provider that the model runs on, null for a pipeline that runs no model
   * (passthrough). Absent otherwise, and from servers that do not tell.
   */
  execution_provider: v.optional(v.nullable(v.string())),
});

export type PipelineInfo = v.InferOutput<typeof pipelineInfo>;
export type PipelineStatus = v.InferOutput<typeof pipelineStatus>;
