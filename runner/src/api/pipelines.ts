import * as v from 'valibot';
import { parameterValues } from '../../../shared/wire/parameters.ts';
import { pipelineList, pipelineStatus } from '../../../shared/wire/pipelines.ts';
import { json, problem } from './api-types.ts';
import { fails, gives, route, type Route } from './route.ts';

const loadBody = v.object({
  pipeline_id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  parameters: v.optional(parameterValues, {}),
});

const noSession = problem(409, 'There is no session: connect, or make an offer, first.');

/** Pipelines belong to a session: what one client loads is gone with it. */
export const pipelineRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/pipelines',
    summary: 'What can be loaded, with the parameters of each',
    answers: { 200: gives('All pipelines.', pipelineList) },
    handle: async ({ runner }) => json({ pipelines: await runner.pipelines() }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/pipeline/status',
    summary: "The session's pipeline",
    session: 'any',
    answers: { 200: gives('How it stands; not loaded without a session.', pipelineStatus) },
    handle({ request, runner }) {
      const none = { status: 'not_loaded', pipeline_id: null } as const;
      return json(runner.sessionOf(request.caller)?.pipeline ?? none);
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/pipeline/load',
    summary: 'Load a pipeline in the place of the present one, which goes on until then',
    session: 'any',
    request: loadBody,
    answers: {
      200: gives('It is loaded.', pipelineStatus),
      404: fails('There is no pipeline of that id.'),
      409: fails('There is no session.'),
      500: fails('It could not be loaded; the session goes on with what it had.'),
    },
    async handle({ request, runner, body }) {
      const session = runner.sessionOf(request.caller);
      if (session === null) return noSession;
      const { pipeline_id: id, parameters } = body;
      // Nothing may be awaited before: loads and unloads take effect in the order in which they came.
      const loaded = await session.load(id, parameters);
      if (loaded.ok) return json(session.pipeline);
      const known = (await runner.pipelines()).some((pipeline) => pipeline.id === id);
      return problem(known ? 500 : 404, loaded.problem, 'PIPELINE_FAILED');
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/pipeline/unload',
    summary: 'Let frames pass through as they are',
    session: 'any',
    answers: {
      200: gives('Nothing is loaded.', pipelineStatus),
      409: fails('There is no session.'),
      500: fails('It could not be unloaded.'),
    },
    async handle({ request, runner }) {
      const session = runner.sessionOf(request.caller);
      if (session === null) return noSession;
      const unloaded = await session.unload();
      return unloaded.ok ? json(session.pipeline) : problem(500, unloaded.problem, 'PIPELINE_FAILED');
    },
  }),
];
