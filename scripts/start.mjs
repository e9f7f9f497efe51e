/**
 * `npm start`: sets up, starts a runner on loopback so that there is something to connect to, and opens the
 * app. What follows `--` goes to Electron. Both end together.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { runScript, setup } from './setup.mjs';
import { root } from './setup/project.mjs';
import { startRunnerProcess } from './start/runner-process.mjs';

const headlessHelp = `No display: the app runs headless. To look at it:
  - npm run demo                                     takes screenshots into demo-out/
  - xvfb-run npm start                               draws it on a virtual display
  - npm start -- --remote-debugging-port=9222        then open chrome://inspect in a Chromium that reaches this port
Ctrl+C ends it.`;

await runScript(async () => {
  const { node, env, electron, headless } = await setup();
  const runner = await startRunnerProcess({ node, env, args: ['--log-level', 'warn'], onLog: console.error });
  console.log(`Runner: ${runner.url}`);
  if (headless) console.log(headlessHelp);
  const app = spawn(electron, ['.', ...process.argv.slice(2)], {
    cwd: root,
    env: { ...env, LINKSPAN_ENDPOINT: runner.url },
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => app.kill(signal));
  const [code] = await once(app, 'exit');
  await runner.stop();
  return code ?? 1;
});
