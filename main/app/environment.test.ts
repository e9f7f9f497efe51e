import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { defaultRecovery } from '../../shared/link/recovery-settings.ts';
import { readEnvironment } from './environment.ts';

const offered = {
  LINKSPAN_ENDPOINT: 'ws://127.0.0.1:4000/ws',
  LINKSPAN_RECOVERY: '{"attempts": 2}',
  LINKSPAN_FIND_PORT: '4001',
  LINKSPAN_FAULT_HOOKS: '1',
};
const nothing = { offeredEndpoint: null, recovery: null, findPort: null, faultHooks: false, problems: [] };

it('a development build takes the endpoint that npm start offers, numbers of recovery, and faults', () => {
  expect(readEnvironment(offered, false)).toEqual({
    offeredEndpoint: 'ws://127.0.0.1:4000/ws',
    recovery: { ...defaultRecovery, attempts: 2 },
    findPort: 4001,
    faultHooks: true,
    problems: [],
  });
  expect(readEnvironment({}, false)).toEqual(nothing);
  expect(readEnvironment({ LINKSPAN_ENDPOINT: '', LINKSPAN_RECOVERY: '' }, false)).toEqual(nothing);
  expect(readEnvironment({ LINKSPAN_FAULT_HOOKS: '0' }, false)).toEqual(nothing);
});

it.each([
  ['{"attempts": 2', 'no JSON'],
  ['5', 'Expected Object'],
  ['{"attempts": 0}', 'attempts'],
  ['{"atempts": 2}', 'atempts'],
  ['{"pingIntervalMs": 8000}', 'two ping intervals'],
])('LINKSPAN_RECOVERY=%s is not used, and it is said why', (json, why) => {
  const { recovery, problems } = readEnvironment({ LINKSPAN_RECOVERY: json }, false);
  expect(recovery).toBeNull();
  expect(problems).toEqual([expect.stringMatching(/^LINKSPAN_RECOVERY is not used: /)]);
  expect(problems[0]).toContain(why);
});

it.each(['no port', '0', '65536', '80.5'])(
  'LINKSPAN_FIND_PORT=%s is not used, and it is said why',
  (port) => {
    expect(readEnvironment({ LINKSPAN_FIND_PORT: port }, false)).toEqual({
      ...nothing,
      problems: ['LINKSPAN_FIND_PORT is not used: it is no port (1 to 65535).'],
    });
  },
);

it('A58: a packaged build takes nothing from the environment', () => {
  expect(readEnvironment(offered, true)).toEqual(nothing);
  expect(readEnvironment({ LINKSPAN_RECOVERY: '{' }, true)).toEqual(nothing);
});

it('A58: no other file of main or preload reads the environment', () => {
  const root = path.join(import.meta.dirname, '../..');
  const files = ['main', 'preload'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => path.join(folder, name)),
  );
  const readers = files.filter((file) => readFileSync(path.join(root, file), 'utf8').includes('process.env'));
  expect(files.length).toBeGreaterThan(20);
  expect(readers).toEqual(['main/index.ts']);
});
