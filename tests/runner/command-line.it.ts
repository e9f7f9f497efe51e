import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { certificate } from '../../runner/src/config/fixtures/files.ts';
import { help } from '../../runner/src/config/help.ts';

const command = path.join(import.meta.dirname, '../../runner/bin/linkspan-runner.mjs');

/** The command as its user runs it, with nothing of the tests' own environment that could be an option. */
function run(args: string[], env: Record<string, string> = {}): ChildProcess {
  const clean = Object.entries(process.env).filter(([name]) => !name.startsWith('LINKSPAN_'));
  return spawn(process.execPath, [command, ...args], { env: { ...Object.fromEntries(clean), ...env } });
}

async function outcome(child: ChildProcess): Promise<{ code: unknown; out: string; error: string }> {
  const [[code], out, error] = await Promise.all([
    once(child, 'exit'),
    text(child.stdout!),
    text(child.stderr!),
  ]);
  return { code, out, error };
}

/** A folder that goes with the test. */
function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'linkspan-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
  return folder;
}

/** HTTP status of a request to a runner with that certificate. */
async function statusOf(url: string, ca: string, headers: Record<string, string> = {}): Promise<number> {
  // The certificate names nobody; that it is this one is what counts here.
  const request = get(url, { ca, headers, agent: false, checkServerIdentity: () => undefined });
  const [response] = (await once(request, 'response')) as [{ statusCode: number; resume(): void }];
  response.resume();
  return response.statusCode;
}

it('prints its help', async () => {
  expect(await outcome(run(['--help']))).toEqual({ code: 0, out: help, error: '' });
});

it('says what is wrong with an option in one line, and ends with 2', async () => {
  const folder = folderWith({ 'runner.json': '{"slots": "many"}' });
  const { code, out, error } = await outcome(run(['--config', path.join(folder, 'runner.json')]));
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(error).toMatch(/^.*runner\.json: "slots" is "many"; write a whole number from 1 to 10000.*\n$/);
});

it('serves as a config file, the environment and the command line together say', async () => {
  const { cert, key } = await certificate();
  const token = 'a-token-for-this-test';
  const config = { port: 1, logLevel: 'debug', cert: 'cert.pem', key: 'key.pem', slots: 3 };
  const folder = folderWith({
    'runner.json': JSON.stringify(config),
    'cert.pem': cert,
    'key.pem': key,
    'token.txt': `${token}\n`,
  });
  const child = run(['--config', path.join(folder, 'runner.json'), '--port', '0', '--json-ready'], {
    LINKSPAN_RUNNER_TOKEN_FILE: path.join(folder, 'token.txt'),
    LINKSPAN_RUNNER_LOG_LEVEL: 'silent',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const errors = text(child.stderr!);
  const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
  const { url } = JSON.parse(line) as { url: string };
  expect(url).toMatch(/^wss:\/\/127\.0\.0\.1:\d+\/ws$/);
  const base = url.replace(/^wss(.*)\/ws$/, 'https$1');
  expect(await statusOf(`${base}/health/ready`, cert)).toBe(200);
  expect(await statusOf(`${base}/api/v1/pipelines`, cert)).toBe(401);
  expect(await statusOf(`${base}/api/v1/pipelines`, cert, { authorization: `Bearer ${token}` })).toBe(200);
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const [code, signal] = await exited;
  // Windows has no signals: there, a process that is sent one has simply ended.
  expect(process.platform === 'win32' ? signal : code).toBe(process.platform === 'win32' ? 'SIGTERM' : 0);
  expect(await errors).toBe('');
});
