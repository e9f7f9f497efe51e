import * as v from 'valibot';
import { json } from './api-types.ts';
import { openApiDocument } from './openapi.ts';
import { gives, route, type Route } from './route.ts';

/** @param table Everything that is described; this route too, so that it comes as a function. */
export function descriptionRoute(table: () => readonly Route[]): Route {
  let document: ReturnType<typeof openApiDocument> | null = null;
  return route({
    method: 'GET',
    path: '/api/v1/openapi.json',
    summary: 'This description',
    answers: { 200: gives('An OpenAPI document.', v.looseObject({ openapi: v.string() })) },
    handle: () => json({ ...(document ??= openApiDocument(table())) }),
  });
}
