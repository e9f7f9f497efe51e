import * as v from 'valibot';
import { parameterValues } from '../../../shared/wire/parameters.ts';
import { json, problem } from './api-types.ts';
import { readJson } from './read-body.ts';
import type { Route } from './router.ts';

const loadBody = v.object({
  pipeline_id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  parameters: v.optional(parameterValues, {}),
});

const noSession = problem(409, 'There is no session: connect, or make an offer, first.');

/** Pipelines belong to a session: what one client loads is gone with it. */
export const pipelineRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/pipelines',
    handle: async ({ runner }) => json({ pipelines: await runner.pipelines() }),
  },
  {
    method: 'GET',
    path: '/api/v1/pipeline/status',
    handle({ request, runner }) {
      const session = runner.sessionOf(request.caller);
      return json(session?.pipeline ?? { status: 'not_loaded', pipeline_id: null });
    },
  },
  {
    method: 'POST',
    path: '/api/v1/pipeline/load',
    async handle({ request, runner }) {
      const body = readJson(loadBody, request.body);
      if (!body.ok) return body.problem;
      const session = runner.sessionOf(request.caller);
      if (session === null) return noSession;
      const { pipeline_id: id, parameters } = body.value;
      // Nothing may be awaited before: loads and unloads take effect in the order in which they came.
      const loaded = await session.load(id, parameters);
      if (loaded.ok) return json(session.pipeline);
      const known = await runner.pipelines();
      if (known.some((pipeline) => pipeline.id === id))
        return problem(500, loaded.problem, 'PIPELINE_FAILED');
      const offered = known.map((pipeline) => pipeline.id).join(', ');
      return problem(404, `There is no pipeline "${id}"; this runner has: ${offered}.`, 'PIPELINE_FAILED');
    },
  },
  {
    method: 'POST',
    path: '/api/v1/pipeline/unload',
    async handle({ request, runner }) {
      const session = runner.sessionOf(request.caller);
      if (session === null) return noSession;
      const unloaded = await session.unload();
      return unloaded.ok ? json(session.pipeline) : problem(500, unloaded.problem, 'PIPELINE_FAILED');
    },
  },
];
