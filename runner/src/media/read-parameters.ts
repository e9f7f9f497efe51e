import * as v from 'valibot';
import {
  parameterValues,
  tolerantParameterValues,
  type ParameterValues,
} from '../../../shared/wire/parameters.ts';

export interface ReadParameters {
  values: ParameterValues;
  /** Why some or all of it is not taken; null if everything is. */
  problem: string | null;
}

/**
 * Reads a message of the data channel `parameters`: a bare JSON object of changed values. What is of a form that we
 * do not have is left out, and the rest is taken.
 */
export function readParameters(data: unknown): ReadParameters {
  if (typeof data !== 'string') return refuse('parameters must be sent as text');
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch (error) {
    return refuse(`parameters are no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  // The schema would take a list for a record of numbered names.
  if (Array.isArray(json)) return refuse('parameters are ignored: expected an object');
  const all = v.safeParse(parameterValues, json);
  if (all.success) return { values: all.output, problem: null };
  const [issue] = all.issues;
  const where = v.getDotPath(issue);
  const problem = `parameters are ignored: ${where === null ? '' : `${where}: `}${issue.message}`;
  const some = v.safeParse(tolerantParameterValues, json);
  return some.success ? { values: some.output, problem } : refuse(problem);
}

function refuse(problem: string): ReadParameters {
  return { values: {}, problem };
}
