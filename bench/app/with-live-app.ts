import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { settingsFile } from '../../main/settings/defaults.ts';
import { documentVersion } from '../../main/settings/document.ts';
import type { UserSettings } from '../../shared/settings/schema.ts';
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

export interface LocalApp {
  app: DrivenApp;
  studio: Studio;
  launchedAt: number;
}

/** Starts the app without any runner, with these settings; ends it whatever `use` does. */
export async function withLocalApp<T>(
  user: Partial<UserSettings>,
  use: (local: LocalApp) => Promise<T>,
): Promise<T> {
  const userData = await makeUserData(user);
  try {
    const launchedAt = performance.now();
    const app = await launchApp({ userData });
    try {
      return await use({ app, studio: new Studio(app.page), launchedAt });
    } finally {
      await app.quit();
    }
  } finally {
    await rm(userData, { recursive: true, force: true });
  }
}

async function makeUserData(user: Partial<UserSettings>): Promise<string> {
  const userData = await mkdtemp(path.join(tmpdir(), 'linkspan-bench-'));
  const document = { version: documentVersion, user };
  await writeFile(path.join(userData, `${settingsFile}.json`), JSON.stringify(document));
  return userData;
}

/** Starts a runner and, with it running, the app; ends both whatever `use` does. By default the cloud alone. `env` is the app's. */
export async function withLiveApp<T>(
  use: (live: LiveApp) => Promise<T>,
  user: Partial<UserSettings> = { route: 'cloud', fallback: 'off' },
  env: NodeJS.ProcessEnv = {},
): Promise<T> {
  const userData = await makeUserData(user);
  const runner = await startRunnerProcess({
    node: process.execPath,
    env: process.env,
    args: ['--log-level', 'error'],
  });
  try {
    const launchedAt = performance.now();
    const app = await launchApp({ userData, env: { ...env, LINKSPAN_ENDPOINT: runner.url } });
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
