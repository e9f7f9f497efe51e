import { modelList } from '../../../shared/wire/models.ts';
import { json } from './api-types.ts';
import { gives, route, type Route } from './route.ts';

export const modelRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/models',
    summary: 'The models on this runner, and the folders that are none',
    answers: { 200: gives('All of them.', modelList) },
    handle: async ({ runner }) => json(await runner.models()),
  }),
];
