import { apiMethods } from '../../../shared/wire/client-messages.ts';
import { problem, type ApiAnswer, type ApiRequest, type ApiRunner } from './api-types.ts';
import { readJson } from './read-body.ts';
import type { Route } from './route.ts';
import { routes } from './routes.ts';

/** Answers a request. Never rejects: what a handler throws becomes a 500. */
export async function answerApi(
  request: ApiRequest,
  runner: ApiRunner,
  report: (error: unknown) => void,
  table: readonly Route[] = routes,
): Promise<ApiAnswer> {
  if (!apiMethods.some((method) => method === request.method)) {
    return problem(400, `The method ${request.method} is not supported; use ${apiMethods.join(', ')}.`);
  }
  const path = request.path.split('?', 1)[0] ?? '';
  const found = table.flatMap((route) => {
    const id = match(route.path, path);
    return id === null ? [] : [{ route, id }];
  });
  if (found.length === 0) return problem(404, `There is nothing at ${path}.`);
  const hit = found.find(({ route }) => route.method === request.method);
  if (!hit) {
    return problem(405, `${path} takes ${found.map(({ route }) => route.method).join(', ')} only.`);
  }
  try {
    return await answerBy(hit.route, request, runner, hit.id);
  } catch (error) {
    report(error);
    return problem(500, 'The runner failed at this request; its log says more.');
  }
}

/** Nothing is awaited before the handler: what a client asks in a row takes effect in that order. */
function answerBy(
  route: Route,
  request: ApiRequest,
  runner: ApiRunner,
  id: string,
): ApiAnswer | Promise<ApiAnswer> {
  const { connectionId, sessionId } = request.caller;
  if (route.session === 'named' && connectionId === null && sessionId === null) {
    return problem(
      403,
      'This is for the client whose session it is: ask over its socket, or add ?session_id=.',
    );
  }
  if (route.request === undefined) return route.handle({ request, runner, id, body: undefined });
  const body = readJson(route.request, request.body);
  return body.ok ? route.handle({ request, runner, id, body: body.value }) : body.problem;
}

/** @returns The variable segment, '' if the pattern has none, null if the path is another. */
function match(pattern: string, path: string): string | null {
  const expected = pattern.split('/');
  const actual = path.split('/');
  if (expected.length !== actual.length) return null;
  let id = '';
  for (const [index, segment] of expected.entries()) {
    const given = actual[index] ?? '';
    if (segment.startsWith(':') && given !== '') id = decode(given);
    else if (segment !== given) return null;
  }
  return id;
}

/** A segment that is not valid percent-encoding is taken as it stands; it will match nothing. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
