import { fail, ok, type Result } from '../../../shared/result.ts';
import { checkOptions } from './check-options.ts';
import { optionKeys, optionOf, type OptionValues } from './option-table.ts';
import { readConfigFile } from './read-config-file.ts';
import { readTls, readToken } from './read-secrets.ts';
import { readArguments, readEnvironment, type Given } from './read-texts.ts';
import type { RunnerOptions } from './runner-options.ts';

export type Command =
  | { kind: 'help' }
  | { kind: 'version' }
  | { kind: 'run'; options: RunnerOptions; jsonReady: boolean };

/**
 * Reads options from arguments, environment and config file, which count in this order.
 *
 * @param args Without the names of Node and script.
 * @returns A problem that says what to change.
 */
export function parseCommandLine(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Result<Command, string> {
  const given = readArguments(args);
  if (!given.ok) return given;
  if (given.value.values.help) return ok({ kind: 'help' });
  if (given.value.values.version) return ok({ kind: 'version' });
  const environment = readEnvironment(env, given.value.values);
  if (!environment.ok) return environment;
  const file = readFile(given.value.values.config ?? environment.value.values.config ?? null);
  if (!file.ok) return file;

  const places = [given.value, environment.value, file.value];
  const values = Object.assign(
    fallbacks(),
    ...places.map((place) => place.values).toReversed(),
  ) as OptionValues;
  const token = chooseToken(places);
  if (!token.ok) return token;
  const tls = chooseTls(values);
  if (!tls.ok) return tls;
  const options = runnerOptions(values, token.value, tls.value);
  const problem = checkOptions(options);
  return problem === null ? ok({ kind: 'run', options, jsonReady: values.jsonReady }) : fail(problem);
}

function runnerOptions(
  values: OptionValues,
  token: RunnerOptions['token'],
  tls: RunnerOptions['tls'],
): RunnerOptions {
  return {
    host: values.host,
    port: values.port,
    token,
    tls,
    modelDirs: values.models,
    allowedOrigins: values.allowOrigin,
    trustedProxies: values.trustProxy,
    iceServers: values.iceServers,
    udpPorts: values.udpPorts,
    logLevel: values.logLevel,
    slots: values.slots,
    pingIntervalMs: values.pingInterval,
    silentIntervals: values.evictAfter,
    writeMs: values.writeTimeout,
    graceMs: values.grace,
    maxDurationMs: values.maxDuration === 0 ? null : values.maxDuration,
    drainMs: values.drainTimeout,
    drainEndpoint: values.drainEndpoint,
    id: values.id,
    publicUrl: values.publicUrl,
    userCheckUrl: values.userCheck,
    maxConnectionsPerAddress: values.maxConnectionsPerAddress,
    provider: values.provider,
    threads: values.threads,
    workDir: values.workDir,
  };
}

function fallbacks(): Partial<Record<keyof OptionValues, unknown>> {
  return Object.fromEntries(optionKeys.map((key) => [key, optionOf(key).fallback]));
}

function readFile(file: string | null): Result<Given, string> {
  const read = file === null ? ok({}) : readConfigFile(file);
  return read.ok ? ok({ values: read.value, nameOf: (key) => `"${key}" (${file})` }) : read;
}

/** Token and token file are two ways to say one thing: what the nearest place says counts, and it says one. */
function chooseToken(places: readonly Given[]): Result<string | null, string> {
  for (const { values, nameOf } of places) {
    const { token, tokenFile } = values;
    if (token && tokenFile) {
      return fail(`${nameOf('token')} and ${nameOf('tokenFile')} both give the token: give one of them.`);
    }
    if (token) return ok(token);
    if (tokenFile) return readToken(tokenFile);
  }
  return ok(null);
}

function chooseTls({ cert, key }: OptionValues): Result<RunnerOptions['tls'], string> {
  if (cert === null && key === null) return ok(null);
  if (cert === null || key === null) {
    return fail(`--cert and --key belong together; --${cert === null ? 'cert' : 'key'} is missing.`);
  }
  return readTls(cert, key);
}
