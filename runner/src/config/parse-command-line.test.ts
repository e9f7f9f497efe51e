import { describe, expect, it } from 'vitest';
import { defaultOptions } from './defaults.ts';
import { fileWith } from './fixtures/files.ts';
import { options, problem } from './fixtures/parsed.ts';
import { help } from './help.ts';
import { flagOf, optionKeys, optionOf } from './option-table.ts';
import { parseCommandLine } from './parse-command-line.ts';

const token = 'sixteen-letters-';

it('starts with what the help promises', () => {
  expect(options([])).toEqual(defaultOptions);
});

it('reads every option from the command line', () => {
  const given = {
    host: ['0.0.0.0', { host: '0.0.0.0' }],
    port: ['0', { port: 0 }],
    token: [token, { token }],
    'user-check': ['https://a.example/check', { userCheckUrl: 'https://a.example/check' }],
    'allow-origin': ['https://a.example', { allowedOrigins: ['https://a.example'] }],
    'max-connections-per-address': ['0', { maxConnectionsPerAddress: 0 }],
    slots: ['10000', { slots: 10_000 }],
    grace: ['0', { graceMs: 0 }],
    'max-duration': ['3600', { maxDurationMs: 3_600_000 }],
    models: ['a', { modelDirs: ['a'] }],
    provider: ['cuda', { provider: 'cuda' }],
    threads: ['8', { threads: 8 }],
    'work-dir': ['/var/tmp', { workDir: '/var/tmp' }],
    'ice-server': ['stun:192.0.2.1:3478', { iceServers: [{ urls: 'stun:192.0.2.1:3478' }] }],
    'udp-ports': ['50000-50100', { udpPorts: { min: 50_000, max: 50_100 } }],
    'ping-interval': ['0.05', { pingIntervalMs: 50 }],
    'evict-after': ['2', { silentIntervals: 2 }],
    'write-timeout': ['2.5', { writeMs: 2500 }],
    id: ['runner-1_b', { id: 'runner-1_b' }],
    'public-url': ['wss://a.example:8443/', { publicUrl: 'wss://a.example:8443' }],
    'trust-proxy': ['10.0.0.5', { trustedProxies: ['10.0.0.5'] }],
    'drain-timeout': ['600', { drainMs: 600_000 }],
    'drain-endpoint': ['wss://b.example/ws', { drainEndpoint: 'wss://b.example/ws' }],
    'log-level': ['debug', { logLevel: 'debug' }],
  } as const;
  const args = Object.entries(given).flatMap(([flag, [value]]) => [`--${flag}`, value]);
  const expected = Object.assign({}, ...Object.values(given).map(([, option]) => option)) as object;
  expect(options(args)).toEqual({ ...expected, tls: null });
  // Those that end elsewhere than in one option have tests of their own.
  const others = ['token-file', 'cert', 'key', 'config', 'json-ready', 'version', 'help'];
  expect(optionKeys.map(flagOf).toSorted()).toEqual([...Object.keys(given), ...others].toSorted());
});

it('takes a list from a repeated flag, commas included, and the last of a flag that is none', () => {
  expect(options(['--models', 'a', '--models', 'b,c'])).toMatchObject({ modelDirs: ['a', 'b,c'] });
  expect(options(['--slots', '2', '--slots', '3'])).toMatchObject({ slots: 3 });
});

it("writes a proxy's address as Node writes a peer's", () => {
  const args = ['--trust-proxy', '2001:DB8:0:0::5', '--trust-proxy', '::ffff:10.0.0.5'];
  expect(options(args)).toMatchObject({ trustedProxies: ['2001:db8::5', '10.0.0.5'] });
});

it('reads 0 s of longest duration as no end', () => {
  expect(options(['--max-duration', '0'])).toMatchObject({ maxDurationMs: null });
});

it('takes the token from the first line of a file', () => {
  expect(options(['--token-file', fileWith(`${token}\n# a note\n`)])).toMatchObject({ token });
});

describe('says what is wrong', () => {
  it.each([
    [['--port', '70000'], '--port 70000: give a whole number from 0 to 65535.'],
    [['--port', 'http'], 'from 0 to 65535'],
    [['--port', '0x50'], 'from 0 to 65535'],
    [['--host', 'here:80'], 'without port'],
    [['--slots', '0'], 'from 1 to 10000'],
    [['--slots', '1.5'], 'a whole number'],
    [['--ping-interval', '0.01'], 'from 0.05 to 300'],
    [['--ping-interval', '5s'], 'a number of seconds'],
    [['--grace', '3601'], 'from 0 to 3600'],
    [['--grace', '-1'], '--grace'],
    [['--evict-after', '1'], 'from 2 to 100'],
    [['--log-level', 'loud'], 'silent, error, warn, info, debug'],
    [['--provider', 'gpu'], 'auto, cuda'],
    [['--allow-origin', 'https://a.example/path'], 'scheme, host and port only'],
    [['--allow-origin', '*'], 'scheme, host and port only'],
    [['--allow-origin', 'https://a.example', '--allow-origin', 'b.example'], '--allow-origin b.example:'],
    [['--trust-proxy', 'proxy.example'], 'an IP address'],
    [['--id', 'a/b'], 'letters, digits'],
    [['--id', 'x'.repeat(65)], '1 to 64'],
    [['--public-url', 'https://a.example'], 'wss://HOST'],
    [['--public-url', 'wss://a.example/ws'], 'without a path'],
    [['--drain-endpoint', 'a.example'], 'wss://HOST/ws'],
    [['--user-check', 'http://a.example/check'], 'an https:// address'],
    [['--user-check', 'https://me:secret@a.example/'], 'without user name and password'],
    [['--udp-ports', '50100-50000'], 'the lower first'],
    [['--udp-ports', '1-70000'], 'two ports from 1024 to 65535'],
    [['--ice-server', 'turn:192.0.2.1:3478'], 'belongs into "iceServers" of the config file'],
    [['--ice-server', 'stun:a b'], 'stun:HOST:PORT'],
    [['--token', 'short'], 'at least 16'],
    [['--token', ''], '--token: give a text'],
    [['--token', 'sixteen letters and blanks'], 'no spaces'],
    [['--token-file', '/no/such/file'], 'cannot be read'],
    [['--token', token, '--token-file', 'f'], '--token and --token-file both give the token'],
    [['--verbose'], "Unknown option '--verbose'. See --help."],
    [['runner.json'], "Unexpected argument 'runner.json'"],
    [['--port'], "'--port"],
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

describe('help', () => {
  it('names every option, with its default', () => {
    for (const flag of optionKeys.map(flagOf)) expect(help).toContain(`--${flag} `);
    const words = help.replaceAll(/\s+/g, ' ');
    for (const key of optionKeys) expect(words).toContain(optionOf(key).help);
    expect(words).toMatch(/--ping-interval SECONDS [^-]*Default: 5\./);
  });

  it('fits a terminal', () => {
    expect(Math.max(...help.split('\n').map((line) => line.length))).toBeLessThanOrEqual(85);
  });

  it('comes before everything else that is asked for', () => {
    expect(parseCommandLine(['--help'], {})).toEqual({ ok: true, value: { kind: 'help' } });
    expect(parseCommandLine(['-h', '--token', 'short'], {})).toMatchObject({ value: { kind: 'help' } });
    expect(parseCommandLine(['--version'], {})).toEqual({ ok: true, value: { kind: 'version' } });
  });
});
