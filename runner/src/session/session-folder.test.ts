import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeRunnerFolder, makeSessionFolder, removeFolder } from './session-folder.ts';

function workDir(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'linkspan-work-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

it('A42: gives each session a folder of its own, which goes alone', async () => {
  const runner = makeRunnerFolder(path.join(workDir(), 'made', 'if', 'missing'));
  const [first, second] = [makeSessionFolder(runner), makeSessionFolder(runner)];
  writeFileSync(path.join(first, 'a'), '');
  writeFileSync(path.join(second, 'b'), '');
  await removeFolder(first);
  expect(existsSync(first)).toBe(false);
  expect(existsSync(path.join(second, 'b'))).toBe(true);
});

it('removes what a killed runner left, and nothing else', () => {
  const folder = workDir();
  // The id of a process that has ended.
  const { pid } = spawnSync(process.execPath, ['--version']);
  const left = path.join(folder, `linkspan-runner-${pid}-abc`);
  const others = [
    makeRunnerFolder(folder),
    path.join(folder, 'linkspan-runner-notes'),
    path.join(folder, 'x'),
  ];
  for (const place of [left, ...others]) mkdirSync(path.join(place, 'session-1'), { recursive: true });
  makeRunnerFolder(folder);
  expect(existsSync(left)).toBe(false);
  expect(others.filter((place) => !existsSync(place))).toEqual([]);
});
