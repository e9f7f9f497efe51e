import type { ParameterValue } from '../../shared/wire/parameters.ts';

/** Whether two parameter values are the same to a runner; colours are compared number by number. */
export function sameValue(a: ParameterValue | undefined, b: ParameterValue | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((number, index) => number === b[index]);
  return a === b;
}
