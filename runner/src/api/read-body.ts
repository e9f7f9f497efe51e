import * as v from 'valibot';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { problem, type ApiAnswer, type ApiBody } from './api-types.ts';

/** Parses a request's body by a schema, or gives the answer that says what is wrong with it. */
export function readJson<Schema extends v.GenericSchema>(
  schema: Schema,
  body: ApiBody,
): Result<v.InferOutput<Schema>, ApiAnswer> {
  if (body.kind === 'binary') return fail(problem(415, 'This takes JSON.'));
  const parsed = v.safeParse(schema, body.kind === 'none' ? {} : body.value);
  if (parsed.success) return ok(parsed.output);
  const [issue] = parsed.issues;
  const where = v.getDotPath(issue);
  const code = issue.type === 'max_length' ? 'TOO_LARGE' : undefined;
  return fail(problem(400, where === null ? issue.message : `${where}: ${issue.message}`, code));
}
