import { defineConfig } from '@playwright/test';
import type { RigOptions } from './e2e/fixtures/rig.ts';

const ci = process.env['CI'] !== undefined;

/**
 * The same specs twice: against the project's build, and against the packaged app. Both are started by
 * Playwright's unmodified `_electron.launch`, on real Electron or on the stand-in, whichever setup found.
 */
export default defineConfig<object, RigOptions>({
  testDir: 'e2e',
  outputDir: 'test-results',
  globalSetup: './e2e/fixtures/announce-runtime.ts',
  // Video is encoded, inferred on and decoded on the same cores: side by side, tests would only wait for each other.
  workers: 1,
  fullyParallel: false,
  // A test that passes the second time has found something: in CI it holds nobody up, and is named at the end.
  retries: ci ? 1 : 0,
  forbidOnly: ci,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['./scripts/test/name-failures.mjs']],
  projects: [
    { name: 'dev', use: { layout: 'dev' } },
    { name: 'packaged', use: { layout: 'packaged' } },
  ],
});
