/**
 * `npm run demo`: the whole story in a terminal in under a minute; demo-out/ holds its pictures, a recording
 * and report.json. `--seconds N` sets how long it streams, `--json FILE` writes the report there as well.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { runScript, setup } from './setup.mjs';
import { root } from './setup/project.mjs';

await runScript(async () => {
  const { node, env, runtime, headless } = await setup();
  if (headless) console.log('No display: the app runs headless; demo-out/ shows what it looked like.');
  // Playwright needs a newer Node than the one that may run this script.
  const story = spawn(node, [path.join(root, 'scripts/demo/main.ts'), ...process.argv.slice(2)], {
    env: { ...env, LINKSPAN_RUNTIME: runtime },
    stdio: 'inherit',
  });
  // The terminal sends Ctrl+C to both; the story cleans up behind itself.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => story.kill('SIGTERM'));
  return new Promise((resolve) => story.once('exit', (code) => resolve(code ?? 1)));
});
