import * as v from 'valibot';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { parameterValues, type ParameterValues } from '../../../shared/wire/parameters.ts';

/** Reads a message of the data channel `parameters`: a bare JSON object of changed values. */
export function readParameters(data: unknown): Result<ParameterValues, string> {
  if (typeof data !== 'string') return fail('parameters must be sent as text');
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch (error) {
    return fail(`parameters are no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  // The schema would take a list for a record of numbered names.
  if (Array.isArray(json)) return fail('parameters are ignored: expected an object');
  const values = v.safeParse(parameterValues, json);
  if (values.success) return ok(values.output);
  const [issue] = values.issues;
  const where = v.getDotPath(issue);
  return fail(`parameters are ignored: ${where === null ? '' : `${where}: `}${issue.message}`);
}
