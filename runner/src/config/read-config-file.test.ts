import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { configWith, fileWith } from './fixtures/files.ts';
import { options, problem } from './fixtures/parsed.ts';

const read = (content: unknown): ReturnType<typeof options> => options(['--config', configWith(content)]);
const refused = (content: unknown): string => problem(['--config', configWith(content)]);

it('gives options by their names in camel case', () => {
  const config = {
    host: '127.0.0.2',
    port: 0,
    slots: 4,
    pingInterval: 2.5,
    evictAfter: 4,
    maxDuration: 0,
    allowOrigin: ['https://a.example'],
    logLevel: 'silent',
    publicUrl: 'wss://a.example',
    trustProxy: ['::1'],
  };
  expect(read(config)).toMatchObject({
    host: '127.0.0.2',
    port: 0,
    slots: 4,
    pingIntervalMs: 2500,
    silentIntervals: 4,
    maxDurationMs: null,
    allowedOrigins: ['https://a.example'],
    logLevel: 'silent',
    publicUrl: 'wss://a.example',
    trustedProxies: ['::1'],
  });
});

it('gives TURN servers with what they ask for', () => {
  const turn = { urls: ['turn:a.example:3478', 'turns:a.example'], username: 'u', credential: 'c' };
  const stun = { urls: 'stun:a.example:3478' };
  expect(read({ iceServers: [stun, turn] })).toMatchObject({ iceServers: [stun, turn] });
});

it('starts relative paths where it lies itself', () => {
  const file = fileWith('{"models": ["mine", "/else/where"], "workDir": "work"}');
  const folder = path.dirname(file);
  expect(options(['--config', file])).toMatchObject({
    modelDirs: [path.join(folder, 'mine'), path.resolve('/else/where')],
    workDir: path.join(folder, 'work'),
  });
});

it('may begin with a byte order mark', () => {
  expect(options(['--config', fileWith('\uFEFF{"slots": 2}')])).toMatchObject({ slots: 2 });
});

describe('says file, key and what to write', () => {
  it.each([
    [{ port: '8765' }, '"port" is "8765"; write a whole number from 0 to 65535 (without quotes).'],
    [{ slots: 1.5 }, '"slots" is 1.5; write a whole number from 1'],
    [{ pingInterval: 1000 }, '"pingInterval" is 1000; write a number of seconds from 0.05 to 300'],
    [{ host: 1 }, '"host" is 1; write an address'],
    [{ host: null }, '"host" is null; write'],
    [{ models: 'mine' }, `"models" is "mine"; write a list in brackets, each entry a folder's path`],
    [{ allowOrigin: ['https://a.example', '*'] }, '"allowOrigin"[1] is "*"; write scheme, host and port'],
    [{ jsonReady: 1 }, '"jsonReady" is 1; write true or false.'],
    [{ token: 5 }, '"token" cannot be that; write a text'],
    [{ iceServers: [{ urls: 'turn:a.example' }] }, '"iceServers"[0] cannot be that; write {"urls": "stun:'],
    [{ iceServers: [{ urls: 'http://a.example' }] }, '"iceServers"[0]'],
    [{ iceServers: [{ urls: 'stun:a.example', password: 'p' }] }, '"iceServers"[0]'],
    [{ 'ping-interval': 5 }, '"ping-interval" is no option of a config file; write "pingInterval".'],
    [{ LINKSPAN_RUNNER_SLOTS: 5 }, 'is no option of a config file; write "slots".'],
    [{ iceServer: [] }, 'write "iceServers".'],
    [{ speed: 5 }, '"speed" is no option of a config file; there are host, port,'],
    [{ config: 'other.json' }, '"config" is no option of a config file'],
    [{ help: true }, '"help" is no option of a config file'],
    [[], 'write one JSON object'],
    [null, 'write one JSON object'],
  ])('%j', (content, expected) => {
    const message = refused(content);
    expect(message).toContain('runner.json: ');
    expect(message).toContain(expected);
  });

  it('where JSON breaks', () => {
    const broken = (text: string): string => problem(['--config', fileWith(text)]);
    expect(broken('{"port": 1,\n "slots" 2}')).toMatch(/is no valid JSON: .* \(line 2 column 10\)\.$/);
    expect(broken('{port: 1}')).toContain('line 1 column 2');
    expect(broken('')).toContain('is no valid JSON: Unexpected end');
    expect(broken('{"port": x}')).toMatch(/is no valid JSON: Unexpected token 'x'\.$/);
  });

  it('a file that is not there', () => {
    expect(problem(['--config', '/no/such/file'])).toContain('The config file cannot be read: ENOENT');
  });

  it('also of an entry that the command line overrules', () => {
    expect(problem(['--config', configWith({ slots: 0 }), '--slots', '1'])).toContain('"slots" is 0');
  });

  it('of a token given twice', () => {
    const message = refused({ token: 'sixteen-letters-', tokenFile: 'token.txt' });
    expect(message).toMatch(/^"token" \(.*runner.json\) and "tokenFile" .* give one of them\.$/);
  });
});
