/**
 * Brings a fresh clone to a state in which everything runs: dependencies, Node 24, the builds, and something
 * that runs Electron apps. Needs nothing but the Node and npm that are there; doing it again costs under a
 * second. Every script of this project calls it first.
 */
import { pathToFileURL } from 'node:url';
import { buildWhatChanged } from './setup/builds.mjs';
import { findChromium } from './setup/chromium.mjs';
import { useCommitHooks } from './setup/commit-hooks.mjs';
import { installDependencies } from './setup/dependencies.mjs';
import { findElectron } from './setup/electron.mjs';
import { SetupError, projectNode } from './setup/project.mjs';

/**
 * @param {{ chromium?: 'if-needed' | 'always' }} [wants] Tests drive Chromium even where real Electron is
 *   installed, hence `always`.
 * @returns {Promise<{ node: string, env: NodeJS.ProcessEnv, runtime: string, headless: boolean, electron: string }>}
 *   `env` is what children need to run on Node 24 with the runtime found; `electron` is the executable.
 * @throws {SetupError} With a sentence that says what to do.
 */
export async function setup({ chromium = 'if-needed' } = {}) {
  installDependencies();
  useCommitHooks();
  const node = projectNode();
  buildWhatChanged(node);
  const electron = await findElectron();
  const browser = electron.kind === 'stand-in' || chromium === 'always' ? findChromium() : null;
  const headless = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
  const name = electron.kind === 'stand-in' ? `${electron.label} on ${browser?.version}` : electron.label;
  console.log(`Runtime: ${name}, because ${electron.why}.`);
  return {
    node: node.path,
    electron: electron.executable,
    runtime: name,
    headless,
    env: {
      ...process.env,
      ...node.env,
      ...electron.env,
      ...(browser ? { CHROMIUM_PATH: browser.path } : {}),
    },
  };
}

/** Runs `main` and turns a SetupError into its sentence and exit code 1. */
export async function runScript(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runScript(async () => {
    await setup({ chromium: process.argv.includes('--chromium') ? 'always' : 'if-needed' });
  });
}
