import { setFlagsFromString } from 'node:v8';
import { closeCode } from '../../shared/wire/close-codes.ts';
import { help } from './config/help.ts';
import { parseCommandLine } from './config/parse-command-line.ts';
import type { RunnerOptions } from './config/runner-options.ts';
import { startRunner, type Runner } from './start-runner.ts';
import { runnerVersion } from './version.ts';

/** One stop may come as several signals: from a service manager to each process, and from a parent that passes it on. */
const sameSignalMs = 500;

/**
 * Keeps V8's young generation from growing when thousands of clients connect at once: it would reserve 64 MiB more
 * than it ever uses again. Media and inference, which allocate a lot, have processes of their own.
 */
setFlagsFromString('--semi-space-growth-factor=1');

/** The command: reads its options, starts a runner, and ends it on a signal. Exit code 2 is a wrong option. */
const command = parseCommandLine(process.argv.slice(2), process.env);
if (command.ok) {
  switch (command.value.kind) {
    case 'help':
      process.stdout.write(help);
      break;
    case 'version':
      process.stdout.write(`${runnerVersion}\n`);
      break;
    case 'run':
      await run(command.value.options, command.value.jsonReady);
      break;
    default:
      command.value satisfies never;
  }
} else {
  process.stderr.write(`${command.problem}\n`);
  process.exitCode = 2;
}

async function run(options: RunnerOptions, jsonReady: boolean): Promise<void> {
  let runner: Runner;
  try {
    runner = await startRunner(options);
  } catch (error) {
    process.stderr.write(`${startProblem(error, options)}\n`);
    process.exitCode = 1;
    return;
  }
  const running = runner;
  const { url } = running;
  process.stdout.write(jsonReady ? `${JSON.stringify({ url })}\n` : `Linkspan runner listens on ${url}\n`);
  // A service manager's stop is mostly a restart; Ctrl+C is somebody who is done.
  process.on('SIGTERM', () => void stop(closeCode.serviceRestart));
  process.on('SIGINT', () => void stop(closeCode.goingAway));
  let firstAt: number | null = null;

  /** The first signal lets sessions leave, the second does not wait for them. */
  async function stop(code: number): Promise<void> {
    const now = performance.now();
    if (firstAt === null) {
      firstAt = now;
      if (running.sessions > 0 && options.drainMs > 0) {
        const seconds = options.drainMs / 1000;
        process.stderr.write(`Waiting up to ${seconds} s for clients to leave; once more ends it now.\n`);
      }
      await running.drain(code);
    } else if (now - firstAt > sameSignalMs) {
      await running.close(code);
    } else {
      return;
    }
    process.exit(0);
  }
}

function startProblem(error: unknown, { host, port }: RunnerOptions): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use. Stop what uses it, or give another with --port (0 takes any free one).`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is no address of this machine. Give one with --host.`;
    case 'EACCES':
      return `Port ${port} may not be used by this account. Give one above 1023 with --port.`;
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
