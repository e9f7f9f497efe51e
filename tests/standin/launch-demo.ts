import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication } from '@playwright/test';
import { expect } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/** Builds a distribution of its own (0.2 s): the shared one may be in use. */
export function buildStandin(folder: string): string {
  const dist = path.join(folder, 'standin');
  execFileSync(process.execPath, [path.join(root, 'standin/build.mjs'), '--out', dist]);
  return dist;
}

/** Waits for what another process is about to do; long enough for a machine with much else to do. */
export const eventually = <Value>(
  read: () => Value | Promise<Value>,
): ReturnType<typeof expect.poll<Value>> => expect.poll(read, { timeout: 30_000 });

export const demoApp = path.join(root, 'standin/fixtures/demo-app');

export interface Scratch {
  path: string;
  [Symbol.dispose](): void;
}

export function scratchFolder(): Scratch {
  const folder = mkdtempSync(path.join(tmpdir(), 'standin-test-'));
  return {
    path: folder,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

export interface LaunchOptions {
  dist: string;
  userData: string;
  args?: string[];
  /** A packaged executable starts without an app argument. */
  executable?: string;
  env?: Record<string, string>;
}

export function launchDemo(options: LaunchOptions): Promise<ElectronApplication> {
  const { dist, userData, args = [], executable, env = {} } = options;
  // Playwright finds the executable through electron/index.js, in this process.
  process.env.ELECTRON_OVERRIDE_DIST_PATH = dist;
  const app = executable ? { executablePath: executable } : {};
  const target = executable ? [] : [demoApp];
  return _electron.launch({
    ...app,
    args: [...target, `--user-data-dir=${userData}`, ...args],
    env: { ...(process.env as Record<string, string>), STANDIN_HEADLESS: '1', ...env },
  });
}
