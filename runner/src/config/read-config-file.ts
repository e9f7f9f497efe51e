import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { BadValue } from './option.ts';
import {
  optionKeys,
  optionOf,
  variableOf,
  variablePrefix,
  type OptionKey,
  type OptionValues,
} from './option-table.ts';

/**
 * Reads options from a JSON file; every entry is checked, whether or not something overrules it.
 *
 * @returns A problem names file, key and what to write.
 */
export function readConfigFile(file: string): Result<Partial<OptionValues>, string> {
  let json: unknown;
  try {
    // Windows' editors begin a file with a byte order mark.
    json = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    return fail(unreadable(file, error));
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return fail(`${file}: write one JSON object, as in {"port": 8765}.`);
  }
  const folder = path.dirname(path.resolve(file));
  const values: Partial<Record<OptionKey, unknown>> = {};
  for (const [key, given] of Object.entries(json)) {
    if (!isKey(key)) return fail(`${file}: ${unknownKey(key)}`);
    const value = optionOf(key).fromJson(given, folder);
    if (!value.ok) return fail(`${file}: ${wrongValue(key, value.problem)}`);
    values[key] = value.value;
  }
  return ok(values as Partial<OptionValues>);
}

const keys = optionKeys.filter((key) => (optionOf(key).where ?? 'anywhere') === 'anywhere');

function isKey(key: string): key is OptionKey {
  return keys.some((known) => known === key);
}

/** Recognises a flag or a variable in place of the key. */
function unknownKey(given: string): string {
  const name = given
    .toUpperCase()
    .replace(variablePrefix, '')
    .replaceAll(/[^A-Z]/g, '');
  const meant = keys.find((key) => [variableOf(key).replaceAll('_', ''), key.toUpperCase()].includes(name));
  const advice = meant === undefined ? `there are ${keys.join(', ')}` : `write "${meant}"`;
  return `"${given}" is no option of a config file; ${advice}.`;
}

function wrongValue(key: OptionKey, { at, given, give }: BadValue): string {
  const telling = optionOf(key).secret !== true && (typeof given !== 'object' || given === null);
  const what = telling ? `is ${JSON.stringify(given)}` : 'cannot be that';
  return `"${key}"${at} ${what}; write ${give}.`;
}

/** Says where the JSON breaks, without the excerpt that V8 adds: a token may stand in it. */
function unreadable(file: string, error: unknown): string {
  if (!(error instanceof Error)) return `${file} cannot be read: ${String(error)}`;
  if (!(error instanceof SyntaxError)) return `The config file cannot be read: ${error.message}`;
  const where = /^[^"]*? in JSON at .*$|^Unexpected token '.'|^Unexpected end of JSON input/s.exec(
    error.message,
  );
  return `${file} is no valid JSON${where === null ? '' : `: ${where[0]}`}.`;
}
