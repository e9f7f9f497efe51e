import { type ManifestParameter, maxSeed } from '../manifest-parameter.ts';
import type { ParameterValue } from '../../shared/wire/parameters.ts';
import { type Result, fail, ok } from '../../shared/result.ts';

/** A value as the model takes it: one float, three for a colour, or a text. */
export type InputValue = readonly number[] | string;

/** Every kind that a client may set; time is the host's. */
export type SettableParameter = Exclude<ManifestParameter, { kind: 'time' }>;

export function defaultInput(parameter: SettableParameter): InputValue {
  if (parameter.kind === 'text' || parameter.kind === 'color') return parameter.default;
  return [parameter.default];
}

/**
 * A client's value, brought into the parameter's range.
 *
 * @returns The value, or a sentence when it is of the wrong type.
 */
export function readParameter(
  parameter: SettableParameter,
  value: ParameterValue,
): Result<InputValue, string> {
  switch (parameter.kind) {
    case 'range':
      return readNumber(parameter, value, (number) => clamp(number, parameter.min, parameter.max));
    case 'enum':
      return readNumber(parameter, value, (number) =>
        clamp(Math.round(number), 0, parameter.options.length - 1),
      );
    case 'seed':
      return readNumber(parameter, value, (number) => clamp(Math.round(number), 0, maxSeed));
    case 'toggle':
      if (typeof value === 'boolean') return ok([value ? 1 : 0]);
      return readNumber(parameter, value, (number) => (number >= 0.5 ? 1 : 0));
    case 'color':
      if (!Array.isArray(value) || value.length !== 3 || !value.every(Number.isFinite)) {
        return fail(`"${parameter.name}" takes three numbers from 0 to 1`);
      }
      return ok(value.map((share) => clamp(share, 0, 1)));
    case 'text':
      if (typeof value !== 'string') return fail(`"${parameter.name}" takes a text`);
      return ok(value.slice(0, parameter.maxLength));
    default:
      parameter satisfies never;
      throw new TypeError('Unknown kind of parameter');
  }
}

function readNumber(
  parameter: SettableParameter,
  value: ParameterValue,
  limit: (value: number) => number,
): Result<InputValue, string> {
  if (typeof value !== 'number' || !Number.isFinite(value)) return fail(`"${parameter.name}" takes a number`);
  return ok([limit(value)]);
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
