import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/** Acceptance criteria (A) and security rules (S) that hold now; each is named in a test's title. */
const held = {
  A: Array.from({ length: 67 }, (_, index) => index + 1),
  S: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16],
};

const tests = ['*.test.ts', '*.test.tsx', '*.it.ts', '*.long.ts', '*.spec.ts'];
const { stdout } = spawnSync('git', ['grep', '-hoE', '[\'"`]([AS][0-9]+(, | )?)+:', '--', ...tests], {
  cwd: root,
  encoding: 'utf8',
});
const named = new Set(stdout.match(/[AS]\d+/g));

it.each(Object.entries(held).flatMap(([kind, numbers]) => numbers.map((number) => `${kind}${number}`)))(
  '%s is named in a test',
  (criterion) => expect(named).toContain(criterion),
);
