import { describe, expect, it } from 'vitest';
import { configWith, fileWith } from './fixtures/files.ts';
import { options, problem } from './fixtures/parsed.ts';
import { optionKeys, variableOf, variablePrefix } from './option-table.ts';
import { parseCommandLine } from './parse-command-line.ts';

const tokens = {
  arguments: 'token-of-arguments',
  environment: 'token-of-environment',
  file: 'token-of-the-file',
};

/** Something other than the default, for options that do not take a 4. */
const texts: Partial<Record<string, string>> = {
  token: tokens.environment,
  host: '127.0.0.2',
  userCheck: 'http://[::1]:9/',
  allowOrigin: 'https://a.example,https://b.example',
  provider: 'cpu',
  iceServers: 'stun:a.example,stun:[2001:db8::1]:3478',
  publicUrl: 'ws://a.example',
  udpPorts: '50000-50100',
  trustProxy: '10.0.0.5, 2001:db8::5',
  drainEndpoint: 'ws://a.example/ws',
  logLevel: 'warn',
  id: 'here',
  jsonReady: 'true',
};

describe('the environment', () => {
  it('gives what the command line can give', () => {
    const env = {
      LINKSPAN_RUNNER_PORT: '1234',
      LINKSPAN_RUNNER_TOKEN: tokens.environment,
      LINKSPAN_RUNNER_MODELS: 'a,b',
      LINKSPAN_RUNNER_PING_INTERVAL: '0.5',
      LINKSPAN_RUNNER_ICE_SERVER: 'stun:a.example:1,stun:b.example:2',
      LINKSPAN_RUNNER_JSON_READY: '1',
    };
    expect(options([], env)).toMatchObject({
      port: 1234,
      token: tokens.environment,
      modelDirs: ['a', 'b'],
      pingIntervalMs: 500,
      iceServers: [{ urls: 'stun:a.example:1' }, { urls: 'stun:b.example:2' }],
    });
    expect(parseCommandLine([], env)).toMatchObject({ value: { jsonReady: true } });
  });

  it('has a variable for every option', () => {
    const unread = optionKeys.filter((key) => {
      if (['cert', 'key', 'tokenFile', 'help', 'version'].includes(key)) return false;
      const text = texts[key] ?? '4';
      const env = { [variablePrefix + variableOf(key)]: key === 'config' ? configWith({ slots: 9 }) : text };
      return JSON.stringify(parseCommandLine([], env)) === JSON.stringify(parseCommandLine([], {}));
    });
    expect(unread).toEqual([]);
  });

  it('is not given by an empty variable', () => {
    expect(options([], { LINKSPAN_RUNNER_PORT: '', LINKSPAN_RUNNER_TOKEN: '' })).toEqual(options([]));
  });

  it('names the variable that is wrong', () => {
    expect(problem([], { LINKSPAN_RUNNER_SLOTS: 'two' })).toBe(
      'LINKSPAN_RUNNER_SLOTS=two: give a whole number from 1 to 10000.',
    );
    expect(problem([], { LINKSPAN_RUNNER_JSON_READY: 'yes' })).toContain('give 1 or 0');
  });

  it('does not ask for help', () => {
    expect(parseCommandLine([], { LINKSPAN_RUNNER_HELP: '1', LINKSPAN_RUNNER_VERSION: '1' })).toMatchObject({
      value: { kind: 'run' },
    });
  });
});

describe('what counts', () => {
  const config = (): string[] => configArguments({ port: 1, slots: 1, grace: 1 });
  const env = { LINKSPAN_RUNNER_PORT: '2', LINKSPAN_RUNNER_SLOTS: '2' };

  it('command line before environment before config file before default', () => {
    expect(options([...config(), '--port', '3'], env)).toMatchObject({
      port: 3,
      slots: 2,
      graceMs: 1000,
      silentIntervals: 3,
    });
  });

  it('a wrong variable is not even looked at when the command line has the option', () => {
    // Kubernetes sets this one for a service that is called linkspan-runner.
    const service = { LINKSPAN_RUNNER_PORT: 'tcp://10.0.0.1:8765' };
    expect(options(['--port', '3'], service)).toMatchObject({ port: 3 });
    expect(problem([], service)).toContain('LINKSPAN_RUNNER_PORT=tcp://10.0.0.1:8765: give');
  });

  it('an empty list of the config file is one', () => {
    const file = configWith({ models: [] });
    expect(options([], { LINKSPAN_RUNNER_CONFIG: file })).toMatchObject({ modelDirs: [] });
  });

  it('the nearest place with a token, be it in a file', () => {
    const inFile = configArguments({ token: tokens.file });
    const inEnv = { LINKSPAN_RUNNER_TOKEN: tokens.environment };
    const named = ['--token-file', fileWith(tokens.arguments)];
    expect(options(inFile).token).toBe(tokens.file);
    expect(options(inFile, inEnv).token).toBe(tokens.environment);
    expect(options([...inFile, ...named], inEnv).token).toBe(tokens.arguments);
  });

  it('the command line before the environment, for the config file itself', () => {
    const far = { LINKSPAN_RUNNER_CONFIG: configWith({ port: 7 }) };
    expect(options(config(), far)).toMatchObject({ port: 1 });
    expect(options([], far)).toMatchObject({ port: 7 });
  });
});

it('S10: a refused token is not repeated', () => {
  const secret = 'sesame';
  const refused = [
    problem(['--token', secret]),
    problem([], { LINKSPAN_RUNNER_TOKEN: secret }),
    problem(configArguments({ token: [secret] })),
    problem(configArguments({ iceServers: [{ urls: 'turn:a.example', credential: secret }] })),
    problem(['--config', fileWith(`{"token": ${secret}}`)]),
  ];
  for (const message of refused) {
    expect(message).not.toBe('');
    expect(message).not.toContain(secret);
  }
});

function configArguments(content: unknown): string[] {
  return ['--config', configWith(content)];
}
