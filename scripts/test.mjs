/**
 * `npm test`: sets up, then runs everything that can go red. Arguments pick steps: `check`, `unit`,
 * `integration`, `fleet`, `e2e`, `long`, or a step's own name. A step that fails does not hide the ones after it.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runScript, setup } from './setup.mjs';
import { SetupError, root } from './setup/project.mjs';
import { findServer } from './setup/servers.mjs';

const bin = (name) => `node_modules/.bin/${name}`;

/** In the order in which they run: what is cheap and tells most comes first. */
const steps = [
  { name: 'format', group: 'check', command: [bin('oxfmt'), '--check', '.'] },
  { name: 'lint', group: 'check', command: [bin('oxlint'), '--type-aware', '--deny-warnings'] },
  { name: 'types', group: 'check', command: [bin('tsc'), '-b'] },
  { name: 'dead-code', group: 'check', command: [bin('knip')] },
  { name: 'lockfile', group: 'check', command: ['node', 'scripts/checks/lockfile.mjs'] },
  { name: 'licences', group: 'check', command: ['node', 'scripts/checks/licences.mjs'] },
  { name: 'audit', group: 'check', command: ['node', 'scripts/checks/audit.mjs'] },
  { name: 'pipelines', group: 'check', command: ['node', 'pipelines/build.ts', '--check'] },
  { name: 'unit', group: 'unit', command: [bin('vitest'), 'run', '--project', 'unit'] },
  { name: 'integration', group: 'integration', command: [bin('vitest'), 'run', '--project', 'integration'] },
  { name: 'fleet', group: 'fleet', command: [bin('vitest'), 'run', '--project', 'fleet'] },
  { name: 'e2e-dev', group: 'e2e', command: [bin('playwright'), 'test', '--project', 'dev'] },
  { name: 'package', group: 'e2e', command: ['node', 'scripts/package.mjs', '--for-tests'] },
  { name: 'e2e-packaged', group: 'e2e', command: [bin('playwright'), 'test', '--project', 'packaged'] },
  { name: 'long', group: 'long', command: [bin('vitest'), 'run', '--project', 'long'] },
];

/** What the tests of a group run against beside the project's own, if it can be had. */
const serverOf = { integration: 'coturn', fleet: 'haproxy' };

function chosen(args) {
  if (args.length === 0) return steps.filter((step) => step.group !== 'long');
  const picked = steps.filter((step) => args.includes(step.group) || args.includes(step.name));
  if (picked.length === 0) {
    const known = [...new Set(steps.flatMap((step) => [step.group, step.name]))].join(', ');
    throw new SetupError(`No step is called ${args.join(' ')}. There are: ${known}.`);
  }
  return picked;
}

await runScript(async () => {
  const picked = chosen(process.argv.slice(2));
  const began = performance.now();
  // Integration tests drive Chromium themselves, also where real Electron runs the app.
  const chromium = picked.some((step) => step.group === 'integration') ? 'always' : 'if-needed';
  const { env, runtime } = await setup({ chromium });
  const servers = [...new Set(picked.map((step) => serverOf[step.group]))].filter(Boolean);
  const found = Object.assign({}, ...servers.map((name) => findServer(name)));
  const results = [];
  const scratch = mkdtempSync(path.join(tmpdir(), 'linkspan-tests-'));
  for (const step of picked) {
    console.log(`\n── ${step.name} ${'─'.repeat(60 - step.name.length)}`);
    const stepBegan = performance.now();
    const failures = path.join(scratch, step.name);
    writeFileSync(failures, '');
    const { status } = spawnSync(step.command[0], step.command.slice(1), {
      cwd: root,
      env: { ...env, ...found, LINKSPAN_RUNTIME: runtime, LINKSPAN_FAILURES: failures },
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    results.push({
      name: step.name,
      failed: status !== 0,
      seconds: (performance.now() - stepBegan) / 1000,
      tests: readFileSync(failures, 'utf8').split('\n').filter(Boolean),
    });
  }
  rmSync(scratch, { recursive: true });
  console.log('');
  for (const { name, failed, seconds, tests } of results) {
    console.log(`${failed ? 'FAILED' : 'passed'}  ${seconds.toFixed(1).padStart(6)} s  ${name}`);
    for (const test of tests) console.log(`                    ${test}`);
  }
  const failures = results.filter((result) => result.failed).length;
  console.log(`        ${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  in all\n`);
  console.log(`Steps: ${results.length - failures} passed, ${failures} failed`);
  return failures === 0 ? 0 : 1;
});
