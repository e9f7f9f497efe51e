import { defineConfig } from 'vitest/config';

/** As for Playwright: what passes the second time holds nobody up in CI, and is named at the end. */
const retry = process.env['CI'] === undefined ? 0 : 1;

/**
 * Unit tests lie beside what they test (`*.test.ts`); tests that need sockets, processes or Chromium lie in
 * `tests/` (`*.it.ts`), those with a real load balancer in `tests/fleet`; those that take minutes end in
 * `.long.ts` and run by `npm run test:long`.
 */
export default defineConfig({
  test: {
    reporters: ['default', './scripts/test/name-failures.mjs'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{main,preload,renderer,shared,runner,pipelines,standin,scripts,bench}/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
        },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/**/*.it.ts'],
          exclude: ['tests/fleet/**'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
          retry,
        },
      },
      {
        test: {
          name: 'fleet',
          include: ['tests/fleet/**/*.it.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          retry,
        },
      },
      {
        test: {
          name: 'long',
          include: ['tests/**/*.long.ts'],
          testTimeout: 1_800_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
