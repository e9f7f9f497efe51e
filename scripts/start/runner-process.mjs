import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { SetupError, root } from '../setup/project.mjs';

/** A cold start of the runner loads native modules; on a busy machine that takes seconds. */
const startTimeoutMs = 30_000;

/**
 * Starts a runner on loopback and waits until it listens.
 *
 * @param {{ node: string, env: NodeJS.ProcessEnv, port?: number, args?: string[], onLog?: (line: string) => void }} options
 * @returns {Promise<{ url: string, process: import('node:child_process').ChildProcess, stop(): Promise<void> }>}
 * @throws {SetupError} When it exits or stays silent.
 */
export async function startRunnerProcess({ node, env, port = 0, args = [], onLog = () => {} }) {
  const cli = path.join(root, 'runner', 'bin', 'linkspan-runner.mjs');
  // Its one client is the app, which knows no other runner to go to: there is nothing to wait for at its end.
  const own = ['--port', String(port), '--json-ready', '--drain-timeout', '0'];
  const child = spawn(node, [cli, ...own, ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const errors = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    errors.push(line);
    errors.splice(0, errors.length - 20);
    onLog(line);
  });
  const listening = Promise.withResolvers ? Promise.withResolvers() : deferred();
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    if (line.startsWith('{"url"')) listening.resolve(JSON.parse(line).url);
    else onLog(line);
  });
  child.once('exit', (code) =>
    listening.reject(new SetupError(`The runner ended (exit ${code}).\n${errors.join('\n')}`)),
  );
  const timer = setTimeout(
    () => listening.reject(new SetupError('The runner did not start listening.')),
    startTimeoutMs,
  );
  try {
    const url = await listening.promise;
    return { url, process: child, stop: () => stop(child) };
  } catch (error) {
    await stop(child);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function deferred() {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
