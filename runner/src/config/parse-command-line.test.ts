import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { defaultOptions } from './defaults.ts';
import { help } from './help.ts';
import { parseCommandLine } from './parse-command-line.ts';
import type { RunnerOptions } from './runner-options.ts';

function options(args: string[], env: Record<string, string> = {}): RunnerOptions {
  const parsed = parseCommandLine(args, env);
  if (!parsed.ok || parsed.value.kind !== 'run') throw new Error(JSON.stringify(parsed));
  return parsed.value.options;
}

function problem(args: string[], env: Record<string, string> = {}): string {
  const parsed = parseCommandLine(args, env);
  return parsed.ok ? '' : parsed.problem;
}

function fileWith(text: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'linkspan-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'token');
  writeFileSync(file, text);
  return file;
}

const token = 'sixteen-letters-';

it('starts with what the help promises', () => {
  expect(options([])).toEqual(defaultOptions);
});

it('reads every option from the command line', () => {
  const args = ['--port', '0', '--host', '0.0.0.0', '--token', token, '--models', 'a', '--models', 'b,c'];
  expect(options([...args, '--allow-origin', 'https://a.example', '--log-level', 'debug'])).toMatchObject({
    port: 0,
    host: '0.0.0.0',
    token,
    modelDirs: ['a', 'b,c'],
    allowedOrigins: ['https://a.example'],
    logLevel: 'debug',
  });
});

it('reads the same from the environment, which the command line overrules', () => {
  const env = {
    LINKSPAN_RUNNER_PORT: '1234',
    LINKSPAN_RUNNER_TOKEN: token,
    LINKSPAN_RUNNER_MODELS: 'a,b',
    LINKSPAN_RUNNER_JSON_READY: '1',
  };
  expect(options([], env)).toMatchObject({ port: 1234, token, modelDirs: ['a', 'b'] });
  expect(options(['--port', '99'], env)).toMatchObject({ port: 99 });
  expect(parseCommandLine([], env)).toMatchObject({ value: { jsonReady: true } });
});

it('takes the token from the first line of a file', () => {
  expect(options(['--token-file', fileWith(`${token}\n# a note\n`)])).toMatchObject({ token });
});

describe('says what is wrong', () => {
  it.each([
    [['--port', '70000'], 'from 0 to 65535'],
    [['--port', 'http'], 'from 0 to 65535'],
    [['--log-level', 'loud'], 'silent, error, warn, info, debug'],
    [['--allow-origin', 'https://a.example/path'], 'scheme, host and port only'],
    [['--allow-origin', '*'], 'scheme, host and port only'],
    [['--token', 'short'], 'at least 16'],
    [['--token-file', '/no/such/file'], 'cannot be read'],
    [['--verbose'], 'See --help'],
  ])('%j', (args, expected) => {
    expect(problem(args)).toContain(expected);
  });

  it('an empty token file', () => {
    expect(problem(['--token-file', fileWith('\n')])).toContain('the first line must hold the token');
  });

  it('S12: a network address without a token', () => {
    expect(problem(['--host', '0.0.0.0'])).toContain('--token-file');
    expect(problem(['--host', '192.0.2.7'])).toContain('192.0.2.7');
    expect(problem(['--host', '::1'])).toBe('');
  });
});

it('names every option in its help', () => {
  const named = ['port', 'host', 'token', 'token-file', 'models', 'allow-origin', 'log-level', 'json-ready'];
  for (const flag of named) expect(help).toContain(`--${flag} `);
  expect(parseCommandLine(['--help'], {})).toEqual({ ok: true, value: { kind: 'help' } });
  expect(parseCommandLine(['--version'], {})).toEqual({ ok: true, value: { kind: 'version' } });
});
