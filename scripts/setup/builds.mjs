import { rmSync } from 'node:fs';
import path from 'node:path';
import { root, run } from './project.mjs';
import { digest, stamp } from './stamp.mjs';

const builds = [
  {
    name: 'the app',
    stamp: 'out/.app-stamp',
    inputs: [
      'main',
      'preload',
      'renderer',
      'shared',
      'pipelines',
      'build/icons',
      'electron.vite.config.ts',
      'package-lock.json',
      'package.json',
    ],
    outputs: ['out/main', 'out/preload', 'out/renderer'],
    command: ['node_modules/electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn'],
  },
  {
    name: 'the stand-in',
    stamp: 'out/.standin-stamp',
    inputs: ['standin', 'package-lock.json', 'package.json'],
    outputs: ['out/standin'],
    command: ['standin/build.mjs'],
  },
];

/** Builds what changed since it was built last. */
export function buildWhatChanged(node) {
  for (const build of builds) {
    const wanted = digest(build.inputs);
    const done = stamp(build.stamp);
    if (done.matches(wanted)) continue;
    console.log(`Building ${build.name} …`);
    for (const output of build.outputs) rmSync(path.join(root, output), { recursive: true, force: true });
    run(`Building ${build.name}`, node.path, build.command, { env: { ...process.env, ...node.env } });
    done.write(wanted);
  }
}
