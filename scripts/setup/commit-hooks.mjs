import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from './project.mjs';

const git = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' });

/** Turns the project's commit hooks on, unless the reader has hooks of their own or this is no checkout. */
export function useCommitHooks() {
  if (process.env.CI || !existsSync(path.join(root, '.git'))) return;
  if (git('config', 'core.hooksPath').stdout.trim() === '') git('config', 'core.hooksPath', '.githooks');
}
