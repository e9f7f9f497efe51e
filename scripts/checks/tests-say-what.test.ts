import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const listed = spawnSync(
  'git',
  ['ls-files', '*.test.ts', '*.test.tsx', '*.it.ts', '*.long.ts', '*.spec.ts'],
  {
    cwd: root,
    encoding: 'utf8',
  },
);
const files = listed.stdout.trim().split('\n');

/** Titles of tests, without those that a table fills in. */
const titlePattern =
  /\b(?:it|test)(?:\.(?:each|for|runIf|skipIf|concurrent|sequential)(?:\([^\n]*?\))?)?\(\s*(['"`])(.+?)\1,/g;
/** A request whose answer goes nowhere: the call itself is the statement. */
const ignoredAnswer = /^\s*(?:void |await )?(?:fetch|[\w.]*\bhost\.(?:api|test))\([^\n]*\);\s*$/gm;

const titlesIn = (text: string): string[] =>
  [...text.matchAll(titlePattern)].map((match) => match[2]!).filter((title) => !/^%|^\$\w+$/.test(title));

describe('A57: tests say what they assert, and look at every answer that they ask for', () => {
  it('reads tests at all', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(
      files.flatMap((file) => titlesIn(readFileSync(path.join(root, file), 'utf8'))).length,
    ).toBeGreaterThan(files.length);
  });

  it.each(files)('%s', (file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    expect(text.match(ignoredAnswer) ?? []).toEqual([]);
    const vague = titlesIn(text).filter((title) => {
      const words = title
        .replace(/^(?:[AS]\d+[, ]*)+:?/, '')
        .trim()
        .split(/\s+/);
      return words.length < 2 || /^(?:should|works|test)\b/i.test(words[0]!);
    });
    expect(vague).toEqual([]);
    expect(text).toMatch(/\bexpect\b|\bassert/);
  });
});
