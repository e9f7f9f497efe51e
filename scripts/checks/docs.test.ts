import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const listed = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
});
const documents = listed.stdout
  .trim()
  .split('\n')
  .filter((file) => existsSync(path.join(root, file)));
const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

/** What the project makes rather than keeps. */
const made = /^(node_modules|out|release|demo-out|bench-out|test-results)\//;
/** A code span that reads as a path of this project: a folder with its slash, or a file below a folder. */
const pathLike = /^(?:[\w.-]+\/)+(?:[\w.-]+\.\w+)?$/;

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const spans = (text: string): string[] => [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1]!);

describe.each(documents)('%s', (file) => {
  const text = read(file);
  const here = path.dirname(path.join(root, file));

  it('links to files that exist', () => {
    const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map((match) => match[1]!);
    const local = links.filter((link) => !/^[a-z]+:/.test(link));
    expect(local.filter((link) => !existsSync(path.resolve(here, link)))).toEqual([]);
  });

  it('names paths that exist', () => {
    const paths = spans(text).filter((span) => pathLike.test(span) && !made.test(span));
    expect(
      paths.filter((span) => !existsSync(path.join(root, span)) && !existsSync(path.join(here, span))),
    ).toEqual([]);
  });

  it('names npm scripts that exist', () => {
    const named = [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test))\b/g)].map(
      (match) => match[1] ?? match[2]!,
    );
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

it('the README names every script that a newcomer needs', () => {
  const readme = read('README.md');
  for (const name of ['start', 'test', 'run demo', 'run runner', 'run bench', 'run package']) {
    expect(readme).toContain(`npm ${name}`);
  }
});

it('every script that package.json names has its file', () => {
  const files = Object.values(scripts).flatMap((command) =>
    [...command.matchAll(/node (\S+\.(?:mjs|ts))/g)].map((match) => match[1]!),
  );
  expect(files.filter((script) => !existsSync(path.join(root, script)))).toEqual([]);
});
