import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const kept = [
  'package.json',
  'package-lock.json',
  'runner/package.json',
  '.npmrc',
  'THIRD-PARTY-LICENCES.md',
];

interface Lockfile {
  packages: Record<string, { version: string; integrity?: string; resolved?: string; license?: string }>;
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'supply-chain-'));
  for (const file of kept) cpSync(path.join(root, file), path.join(folder, file), { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true }));

function changeLockfile(change: (packages: Lockfile['packages']) => void): void {
  const file = path.join(folder, 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8')) as Lockfile;
  change(lock.packages);
  writeFileSync(file, JSON.stringify(lock));
}

function check(name: string): { status: number | null; stderr: string } {
  const script = path.join(root, 'scripts/checks', name);
  return spawnSync(process.execPath, [script], { cwd: folder, encoding: 'utf8' });
}

it('A59: continuous integration runs the test command, with format, lint, types and lockfile in it', () => {
  const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
  expect(read('.ci/run')).toMatch(/^npm test$/m);
  for (const step of ['format', 'lint', 'types', 'lockfile']) {
    expect(read('scripts/test.mjs')).toContain(`{ name: '${step}', group: 'check'`);
  }
});

it('A59, S15: a lockfile that is not in step with package.json is refused', () => {
  expect(check('lockfile.mjs').status).toBe(0);
  changeLockfile((packages) => delete packages['node_modules/ws']);
  expect(check('lockfile.mjs')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('npm ci') as string,
  });
});

it('S15: a lockfile entry without checksum, or with a registry’s address, is refused', () => {
  changeLockfile((packages) => {
    delete packages['node_modules/ws']!.integrity;
    packages['node_modules/valibot']!.resolved = 'https://registry.invalid/valibot.tgz';
  });
  const { status, stderr } = check('lockfile.mjs');
  expect(status).toBe(1);
  expect(stderr).toContain('node_modules/ws has no checksum');
  expect(stderr).toContain('node_modules/valibot names where it was fetched from');
});

it('S15: a licence that does not fit, or is not listed, is refused', () => {
  expect(check('licences.mjs').status).toBe(0);
  changeLockfile((packages) => (packages['node_modules/ws']!.license = 'GPL-3.0-only'));
  const { status, stderr } = check('licences.mjs');
  expect(status).toBe(1);
  expect(stderr).toContain('ws: the licence GPL-3.0-only');
  expect(stderr).toContain('out of date');
});
