/**
 * The lockfile is what `npm ci` would install (A59), names no registry, and every entry that is fetched
 * carries its checksum.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const problems = [];
for (const [name, entry] of Object.entries(lock.packages)) {
  if (entry.resolved && !entry.link) problems.push(`${name} names where it was fetched from`);
  if (name.includes('node_modules/') && !entry.link && !entry.inBundle && !entry.integrity) {
    problems.push(`${name} has no checksum`);
  }
}
const dry = spawnSync(
  'npm',
  ['ci', '--dry-run', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
  {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  },
);
if (dry.status !== 0) problems.push(`npm ci would refuse it:\n${dry.stderr.trim()}`);
for (const problem of problems) console.error(`package-lock.json: ${problem}`);
if (problems.length === 0)
  console.log(`package-lock.json: ${Object.keys(lock.packages).length} entries, in step.`);
process.exitCode = problems.length === 0 ? 0 : 1;
