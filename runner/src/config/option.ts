import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Scalar } from './scalar.ts';

/** Headings of `--help` and of the documentation, in their order. */
export const groups = [
  'Where it listens',
  'Who may use it',
  'Sessions',
  'Pipelines',
  'Media',
  'Lost clients',
  'Proxy and balancer',
  'Stopping',
  'Start and log',
] as const;

export interface OptionText {
  group: (typeof groups)[number];
  /** One sentence or two, without the default, which is added. */
  help: string;
  /** Said of the default where its value says little. */
  shownDefault?: string;
  /** Where it differs from the name, as a list's singular does. */
  flag?: string;
  short?: string;
  /** Never repeated in a message. */
  secret?: boolean;
  /** A config file cannot name a config file, and help is asked for by hand. */
  where?: 'anywhere' | 'not in the file' | 'command line';
}

/** A value that cannot be taken, and what to give instead. */
export interface BadValue {
  /** Which part of the option's value, as in `[1]`; empty for the whole. */
  at: string;
  given: unknown;
  give: string;
}

export interface Option<Value> extends OptionText {
  readonly takes: 'one' | 'many' | 'nothing';
  /** Empty for what takes nothing. */
  readonly placeholder: string;
  readonly fallback: Value;
  readonly shownDefault: string;
  readonly fromTexts: (texts: readonly string[]) => Result<Value, BadValue>;
  readonly fromJson: (json: unknown, folder: string) => Result<Value, BadValue>;
}

/** An option with one value; of several on the command line the last counts. */
export function one<Value, Fallback extends Value | null>(
  scalar: Scalar<Value>,
  fallback: Fallback,
  about: OptionText,
): Option<Value | Fallback> {
  return {
    shownDefault: fallback === null ? '' : scalar.show(fallback),
    ...about,
    takes: 'one',
    placeholder: scalar.placeholder,
    fallback,
    fromTexts: (texts) => readText(scalar, texts.at(-1) ?? ''),
    fromJson: (json, folder) => readJson(scalar, json, folder, ''),
  };
}

/** An option that may be repeated. */
export function many<Value>(
  scalar: Scalar<Value>,
  fallback: readonly Value[],
  about: OptionText,
): Option<readonly Value[]> {
  return {
    shownDefault: fallback.map(scalar.show).join(', '),
    ...about,
    takes: 'many',
    placeholder: scalar.placeholder,
    fallback,
    fromTexts: (texts) => all(texts.map((text) => readText(scalar, text))),
    fromJson(json, folder) {
      if (!Array.isArray(json)) {
        return fail({ at: '', given: json, give: `a list in brackets, each entry ${scalar.give.inFile}` });
      }
      return all(json.map((entry, index) => readJson(scalar, entry, folder, `[${index}]`)));
    },
  };
}

/** An option that is on or off, and off unless it is given. */
export function toggle(about: OptionText): Option<boolean> {
  return {
    shownDefault: '',
    ...about,
    takes: 'nothing',
    placeholder: '',
    fallback: false,
    fromTexts([text = '']) {
      if (text === '1' || text === 'true') return ok(true);
      if (text === '0' || text === 'false') return ok(false);
      return fail({ at: '', given: text, give: '1 or 0' });
    },
    fromJson: (json) =>
      typeof json === 'boolean' ? ok(json) : fail({ at: '', given: json, give: 'true or false' }),
  };
}

function readText<Value>(scalar: Scalar<Value>, given: string): Result<Value, BadValue> {
  const value = scalar.fromText(given);
  return value === null ? fail({ at: '', given, give: scalar.give.asText }) : ok(value);
}

function readJson<Value>(
  scalar: Scalar<Value>,
  given: unknown,
  folder: string,
  at: string,
): Result<Value, BadValue> {
  const value = scalar.fromJson(given, folder);
  return value === null ? fail({ at, given, give: scalar.give.inFile }) : ok(value);
}

function all<Value>(results: readonly Result<Value, BadValue>[]): Result<Value[], BadValue> {
  const values: Value[] = [];
  for (const result of results) {
    if (!result.ok) return result;
    values.push(result.value);
  }
  return ok(values);
}
