#!/usr/bin/env node
/**
 * Starts the runner on a Node that runs TypeScript by itself: this one if it is new enough, else the one that
 * the project brings. Written for every Node from 18 on, hence free of anything newer.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const needed = '22.18';
const here = path.dirname(fileURLToPath(import.meta.url));
const main = path.join(here, '..', 'src', 'main.ts');

if (stripsTypes(process.versions.node)) {
  await import('../src/main.ts');
} else {
  const node = nodeUpwards(here);
  if (node === null) {
    process.stderr.write(
      `linkspan-runner needs Node ${needed} or newer; this is ${process.versions.node}. ` +
        'Install one, or run "npm ci" in the project, which brings its own.\n',
    );
    process.exitCode = 1;
  } else {
    runWith(node);
  }
}

/** Types are stripped without a flag from 22.18 and 23.6 on. */
function stripsTypes(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);
}

function nodeUpwards(from) {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  for (let folder = from; ; folder = path.dirname(folder)) {
    // npm's `node` package; on Windows its .bin entry is a script that cannot be spawned.
    for (const place of [path.join('.bin', name), path.join('node', 'bin', name)]) {
      const candidate = path.join(folder, 'node_modules', place);
      if (existsSync(candidate)) return candidate;
    }
    if (folder === path.dirname(folder)) return null;
  }
}

function runWith(node) {
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  // Ctrl+C reaches both; this one waits for the runner to end in order and passes its outcome on.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGTERM' ? 143 : 1);
  });
}
