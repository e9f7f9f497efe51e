/** `npm run runner -- [options]`: a runner on this machine, in the foreground; `--help` lists the options. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { installDependencies } from './setup/dependencies.mjs';
import { projectNode, root } from './setup/project.mjs';
import { runScript } from './setup.mjs';

await runScript(async () => {
  installDependencies();
  const node = projectNode();
  const cli = path.join(root, 'runner', 'bin', 'linkspan-runner.mjs');
  const child = spawn(node.path, [cli, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, ...node.env },
  });
  // The terminal sends Ctrl+C to both; this one waits for the runner to leave in order.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
});
