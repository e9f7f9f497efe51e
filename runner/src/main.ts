import { closeCode } from '../../shared/wire/close-codes.ts';
import { help } from './config/help.ts';
import { parseCommandLine } from './config/parse-command-line.ts';
import type { RunnerOptions } from './config/runner-options.ts';
import { startRunner } from './start-runner.ts';
import { runnerVersion } from './version.ts';

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
  let runner;
  try {
    runner = await startRunner(options);
  } catch (error) {
    process.stderr.write(`${startProblem(error, options)}\n`);
    process.exitCode = 1;
    return;
  }
  const { url } = runner;
  process.stdout.write(jsonReady ? `${JSON.stringify({ url })}\n` : `Linkspan runner listens on ${url}\n`);
  const end = async (code: number): Promise<void> => {
    await runner.close(code);
    process.exit(0);
  };
  // A service manager's stop is mostly a restart; Ctrl+C is somebody who is done.
  process.once('SIGTERM', () => void end(closeCode.serviceRestart));
  process.once('SIGINT', () => void end(closeCode.goingAway));
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
