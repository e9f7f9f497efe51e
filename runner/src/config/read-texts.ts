import { parseArgs, type ParseArgsConfig } from 'node:util';
import { fail, ok, type Result } from '../../../shared/result.ts';
import {
  flagOf,
  optionKeys,
  optionOf,
  variableOf,
  variablePrefix,
  type OptionKey,
  type OptionValues,
} from './option-table.ts';

/** Options that some place gave, and how that place calls an option. */
export interface Given {
  values: Partial<OptionValues>;
  nameOf: (key: OptionKey) => string;
}

/** @param args Without the names of Node and script. */
export function readArguments(args: readonly string[]): Result<Given, string> {
  const nameOf = (key: OptionKey): string => `--${flagOf(key)}`;
  const flags = readFlags(args);
  if (!flags.ok) return flags;
  const texts = (key: OptionKey): string[] | null => {
    const given = flags.value[flagOf(key)];
    return given === undefined ? null : [given].flat().map(String);
  };
  return readAll(optionKeys, texts, nameOf, ' ');
}

/**
 * An empty variable counts as not given: that is how compose files and shells leave one out.
 *
 * @param overruled What the command line gave: a variable of the same name is not even looked at.
 */
export function readEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  overruled: Partial<OptionValues>,
): Result<Given, string> {
  const nameOf = (key: OptionKey): string => `${variablePrefix}${variableOf(key)}`;
  const keys = optionKeys.filter((key) => optionOf(key).where !== 'command line' && !(key in overruled));
  const texts = (key: OptionKey): string[] | null => {
    const given = env[nameOf(key)] ?? '';
    if (given === '') return null;
    if (optionOf(key).takes !== 'many') return [given];
    return given
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '');
  };
  return readAll(keys, texts, nameOf, '=');
}

function readAll(
  keys: readonly OptionKey[],
  texts: (key: OptionKey) => readonly string[] | null,
  nameOf: (key: OptionKey) => string,
  between: ' ' | '=',
): Result<Given, string> {
  const values: Partial<Record<OptionKey, unknown>> = {};
  for (const key of keys) {
    const given = texts(key);
    if (given === null) continue;
    const option = optionOf(key);
    const value = option.fromTexts(given);
    if (!value.ok) {
      const shown = option.secret ? '' : `${between}${String(value.problem.given)}`;
      return fail(`${nameOf(key)}${shown}: give ${value.problem.give}.`);
    }
    values[key] = value.value;
  }
  return ok({ values: values as Partial<OptionValues>, nameOf });
}

function readFlags(args: readonly string[]): Result<ReturnType<typeof parseArgs>['values'], string> {
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const key of optionKeys) {
    const { takes, short } = optionOf(key);
    options[flagOf(key)] = {
      type: takes === 'nothing' ? 'boolean' : 'string',
      multiple: takes === 'many',
      ...(short === undefined ? {} : { short }),
    };
  }
  try {
    return ok(parseArgs({ args: [...args], options, strict: true }).values);
  } catch (error) {
    const [message] = (error instanceof Error ? error.message : String(error)).split(/\.\s/, 1);
    return fail(`${message}. See --help.`);
  }
}
