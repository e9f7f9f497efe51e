import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { isLoopbackHost } from '../guard/loopback-host.ts';
import { defaultOptions, minTokenLength } from './defaults.ts';
import { logLevels, type RunnerOptions } from './runner-options.ts';

export type Command =
  | { kind: 'help' }
  | { kind: 'version' }
  | { kind: 'run'; options: RunnerOptions; jsonReady: boolean };

const flags = {
  port: { type: 'string' },
  host: { type: 'string' },
  token: { type: 'string' },
  'token-file': { type: 'string' },
  models: { type: 'string', multiple: true },
  'allow-origin': { type: 'string', multiple: true },
  'log-level': { type: 'string' },
  'json-ready': { type: 'boolean' },
  version: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const port = v.pipe(v.string(), v.regex(/^\d{1,5}$/), v.transform(Number), v.maxValue(65_535));
const origin = v.pipe(
  v.string(),
  v.check((text) => URL.canParse(text) && new URL(text).origin === text),
);

/**
 * Reads options from arguments and environment; arguments win.
 *
 * @param args Without the names of Node and script.
 * @returns A problem that says what to change.
 */
export function parseCommandLine(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Result<Command, string> {
  const parsed = readFlags(args);
  if (!parsed.ok) return parsed;
  const values = parsed.value;
  if (values.help) return ok({ kind: 'help' });
  if (values.version) return ok({ kind: 'version' });

  const text = (flag: 'port' | 'host' | 'token' | 'token-file' | 'log-level'): string | undefined =>
    values[flag] ?? env[variable(flag)];
  const list = (flag: 'models' | 'allow-origin'): string[] =>
    values[flag] ?? (env[variable(flag)] ?? '').split(',').filter((entry) => entry !== '');

  const portNumber = v.safeParse(port, text('port') ?? String(defaultOptions.port));
  if (!portNumber.success) return fail(`--port ${text('port')}: give a number from 0 to 65535.`);
  const logLevel = v.safeParse(v.picklist(logLevels), text('log-level') ?? defaultOptions.logLevel);
  if (!logLevel.success) return fail(`--log-level ${text('log-level')}: give ${logLevels.join(', ')}.`);
  const badOrigin = list('allow-origin').find((entry) => !v.safeParse(origin, entry).success);
  if (badOrigin !== undefined) {
    return fail(`--allow-origin ${badOrigin}: give scheme, host and port only, as in https://example.org.`);
  }
  const token = readToken(text('token'), text('token-file'));
  if (!token.ok) return token;

  const options: RunnerOptions = {
    ...defaultOptions,
    host: text('host') ?? defaultOptions.host,
    port: portNumber.output,
    token: token.value,
    modelDirs: list('models'),
    allowedOrigins: list('allow-origin'),
    logLevel: logLevel.output,
  };
  const problem = checkOptions(options);
  if (problem !== null) return fail(problem);
  const jsonReady = values['json-ready'] ?? ['1', 'true'].includes(env[variable('json-ready')] ?? '');
  return ok({ kind: 'run', options, jsonReady });
}

/** @returns What is wrong with the options together, or null. */
export function checkOptions(options: RunnerOptions): string | null {
  if (options.token !== null && options.token.length < minTokenLength) {
    return `The token has ${options.token.length} characters; give it at least ${minTokenLength}.`;
  }
  if (options.token === null && !isLoopbackHost(options.host)) {
    return (
      `${options.host} can be reached from other machines, and without a token anyone there could use this ` +
      'runner. Give --token-file (or LINKSPAN_RUNNER_TOKEN), or bind to 127.0.0.1.'
    );
  }
  return null;
}

type Flags = ReturnType<typeof parseArgs<{ options: typeof flags }>>['values'];

function readFlags(args: readonly string[]): Result<Flags, string> {
  try {
    return ok(parseArgs({ args: [...args], options: flags, strict: true }).values);
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)}. See --help.`);
  }
}

function readToken(token: string | undefined, file: string | undefined): Result<string | null, string> {
  if (token !== undefined && token !== '') return ok(token);
  if (file === undefined || file === '') return ok(null);
  try {
    const line = readFileSync(file, 'utf8').split(/\r?\n/, 1)[0]?.trim() ?? '';
    return line === '' ? fail(`${file}: the first line must hold the token, but it is empty.`) : ok(line);
  } catch (error) {
    return fail(`The token file cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function variable(flag: string): string {
  return `LINKSPAN_RUNNER_${flag.replaceAll('-', '_').toUpperCase()}`;
}
