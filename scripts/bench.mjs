/**
 * `npm run bench`: every benchmark in bench/, one after the other, each in a process of its own. Arguments
 * pick some by a part of their path. A table in the terminal, `bench-out/results.json` beside it.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { runScript, setup } from './setup.mjs';
import { SetupError, root } from './setup/project.mjs';

/** A benchmark that hangs is ended, so that the others still run. */
const timeoutMs = 60 * 60_000;

function find(args) {
  const files = readdirSync(path.join(root, 'bench'), { recursive: true });
  const all = files.filter((file) => file.endsWith('.bench.ts')).toSorted((a, b) => a.localeCompare(b));
  const picked = all.filter((file) => args.length === 0 || args.some((arg) => file.includes(arg)));
  if (picked.length === 0) throw new SetupError(`No benchmark matches. There are: ${all.join(', ')}.`);
  return picked;
}

/** Runs one benchmark; the last line it prints is its result. */
function measure(file, { node, env }) {
  console.log(`\n── ${file}`);
  const { stdout, status } = spawnSync(node, [path.join(root, 'bench', file)], {
    cwd: root,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: timeoutMs,
    maxBuffer: 1 << 28,
  });
  if (status !== 0) return { file, title: `${file} failed`, rows: [] };
  return { file, ...JSON.parse(stdout.trim().split('\n').at(-1)) };
}

function print({ title, rows }) {
  console.log(`\n${title}`);
  for (const { figure, value, unit, aim, met } of rows) {
    const verdict = aim === undefined ? '' : `   aim ${aim}${met ? '' : '   MISSED'}`;
    const text = typeof value === 'number' ? String(Number(value.toPrecision(4))) : value;
    console.log(`  ${figure.padEnd(52)} ${text.padStart(10)} ${(unit ?? '').padEnd(10)}${verdict}`);
  }
}

await runScript(async () => {
  const prepared = await setup({ chromium: 'always' });
  const results = find(process.argv.slice(2)).map((file) => {
    const result = measure(file, prepared);
    print(result);
    return result;
  });
  const report = {
    date: new Date().toISOString(),
    machine: { cpu: cpus()[0]?.model, cores: cpus().length, platform: process.platform },
    runtime: prepared.runtime,
    results,
  };
  mkdirSync(path.join(root, 'bench-out'), { recursive: true });
  writeFileSync(path.join(root, 'bench-out', 'results.json'), `${JSON.stringify(report, null, 2)}\n`);
  console.log('\nWritten to bench-out/results.json');
  return results.some(({ rows }) => rows.length === 0) ? 1 : 0;
});
