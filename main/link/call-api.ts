import * as v from 'valibot';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ApiAnswer, ApiProblem, ApiRequest } from './api-request.ts';
import type { Signalling } from './signalling.ts';

/** One call of the runner's HTTP API over that socket. An answer other than 2xx is a problem with its own words. */
export async function callApi(
  signalling: Pick<Signalling, 'request'>,
  { method, path, body }: ApiRequest,
  ms: number,
): Promise<Result<ApiAnswer, ApiProblem>> {
  const reply = await signalling.request({ type: 'api', method, path, body }, 'api_response', ms);
  if (!reply.ok) return reply;
  const { status, data, error } = reply.value;
  if (status >= 200 && status < 300) return ok({ status, data });
  return fail({ kind: 'status', status, detail: detailOf(error ?? data) });
}

const errorBody = v.union([
  v.string(),
  v.pipe(
    v.object({ detail: v.string() }),
    v.transform(({ detail }) => detail),
  ),
  v.pipe(
    v.object({ error: v.string() }),
    v.transform(({ error }) => error),
  ),
]);

/** A runner's error is a text, or an object around one. */
function detailOf(error: unknown): string {
  const parsed = v.safeParse(errorBody, error);
  return parsed.success ? parsed.output : '';
}
