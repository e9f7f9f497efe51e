import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchApp, type DrivenApp } from '../../scripts/drive/launch-app.ts';
import { Studio } from '../../scripts/drive/studio.ts';
import { startRunnerProcess } from '../../scripts/start/runner-process.mjs';

export interface LiveApp {
  app: DrivenApp;
  studio: Studio;
  /** When the app's process was started, on this process's `performance.now()`. */
  launchedAt: number;
  runnerPid: number;
}

/** Starts a runner and, with it running, the app's first start; ends both whatever `use` does. */
export async function withLiveApp<T>(use: (live: LiveApp) => Promise<T>): Promise<T> {
  const userData = await mkdtemp(path.join(tmpdir(), 'linkspan-bench-'));
  const runner = await startRunnerProcess({
    node: process.execPath,
    env: process.env,
    args: ['--log-level', 'error'],
  });
  try {
    const launchedAt = performance.now();
    const app = await launchApp({ userData, env: { LINKSPAN_ENDPOINT: runner.url } });
    try {
      return await use({ app, studio: new Studio(app.page), launchedAt, runnerPid: runner.process.pid! });
    } finally {
      await app.quit();
    }
  } finally {
    await runner.stop();
    await rm(userData, { recursive: true, force: true });
  }
}
