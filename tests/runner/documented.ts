import * as v from 'valibot';
import { expect } from 'vitest';
import { commonAnswers } from '../../runner/src/api/common-answers.ts';
import type { OpenApiDocument } from '../../runner/src/api/openapi.ts';
import type { AnswerSpec } from '../../runner/src/api/route.ts';
import { routes } from '../../runner/src/api/routes.ts';

export interface RealAnswer {
  status: number;
  /** Null for an empty body. */
  contentType: string | null;
  body: unknown;
}

export async function overHttp(url: string, init: RequestInit = {}): Promise<RealAnswer> {
  const response = await fetch(url, init);
  const contentType = response.headers.get('content-type');
  const content = Buffer.from(await response.arrayBuffer());
  const isJson = contentType?.startsWith('application/json') ?? false;
  return {
    status: response.status,
    contentType,
    body: isJson ? (JSON.parse(content.toString('utf8')) as unknown) : content,
  };
}

/** Holds an answer to the description: its status, its content type, and its body with no field beyond. */
export function expectDocumented(
  document: OpenApiDocument,
  method: string,
  template: string,
  answer: RealAnswer,
): void {
  const call = `${method} ${template}`;
  const operation = document.paths[template]?.[method.toLowerCase()];
  const promised = operation?.responses[answer.status];
  expect(promised, `${call} is not documented to answer ${answer.status}`).toBeDefined();
  const [contentType = null] = Object.keys(promised!.content ?? {});
  expect(answer.contentType?.split(';')[0] ?? null, call).toBe(contentType);
  const spec = specOf(method, template, answer.status);
  if (spec.kind === 'json') {
    // The schema drops what it does not know, so that anything beyond it would be missing.
    expect(v.parse(spec.schema, answer.body), call).toEqual(answer.body);
  } else {
    expect((answer.body as Buffer).length > 0, call).toBe(spec.kind === 'binary');
  }
}

/** The schema from which the description was made. */
function specOf(method: string, template: string, status: number): AnswerSpec {
  const route = routes.find(
    (candidate) => candidate.method === method && candidate.path === template.replace('{id}', ':id'),
  );
  const spec = route && { ...commonAnswers(route), ...route.answers }[status];
  if (spec === undefined) throw new Error(`${method} ${template} has no answer ${status}`);
  return spec;
}
