import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** The project's folder. */
export const root = path.resolve(import.meta.dirname, '../..');

/** Something the reader has to do; its message says what. */
export class SetupError extends Error {}

const oldestNode = 24;

/**
 * The Node that runs tools, tests and the runner: the project's own, whatever is on the path.
 *
 * @returns {{ path: string, env: NodeJS.ProcessEnv }} `env` puts it in front of the path.
 */
export function projectNode() {
  const bin = path.join(root, 'node_modules', '.bin');
  const node = path.join(
    root,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  const version = existsSync(node) ? spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim() : '';
  // npm's `node` package fetches its binary outside the lockfile, so its version is looked at, not believed.
  if (Number(/^v(\d+)\./.exec(version)?.[1] ?? 0) < oldestNode) {
    throw new SetupError(
      `The project's own Node ${oldestNode} is missing (found: ${version || 'none'}). ` +
        'Run "npm rebuild node --foreground-scripts" in the project and look at what it prints.',
    );
  }
  const separator = process.platform === 'win32' ? ';' : ':';
  return { path: node, env: { PATH: [path.dirname(node), bin, process.env.PATH ?? ''].join(separator) } };
}

/**
 * Runs a command with the terminal, and throws when it fails.
 *
 * @param {string} what Names the step in the error.
 */
export function run(what, command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    ...options,
  });
  if (result.error) throw new SetupError(`${what} could not start: ${result.error.message}`);
  if (result.status !== 0) {
    throw new SetupError(`${what} failed (exit ${result.status ?? result.signal}). Its output is above.`);
  }
}
