/**
 * The log: one rotating file under the user's data folder, and the terminal. Every line passes the redactor
 * before any transport sees it. Imports electron-log's Node half only: its Electron half would open an IPC
 * channel of its own beside the one door in `main/ipc`.
 */
import electronLog from 'electron-log/node';
import path from 'node:path';
import { format } from 'node:util';
import { logFileMaxBytes, logFileName, logLineMaxCharacters } from './defaults.ts';
import type { Redactor } from './redact.ts';

export interface Log {
  info(...parts: unknown[]): void;
  warn(...parts: unknown[]): void;
  error(...parts: unknown[]): void;
  /** Absolute path of the file that is written now. */
  readonly file: string;
}

/**
 * @param directory Made when missing; the file in it is readable by its owner alone.
 * @param terminal Whether lines also go to standard output.
 */
export function createLog(directory: string, redactor: Redactor, terminal: boolean): Log {
  const file = path.join(directory, logFileName);
  const logger = electronLog.create({ logId: file });
  logger.transports.file.resolvePathFn = () => file;
  logger.transports.file.maxSize = logFileMaxBytes;
  logger.transports.file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  logger.transports.file.level = 'info';
  logger.transports.console.level = terminal ? 'info' : false;
  // The terminal may go away while the app stays. Writing on would raise an error, which would be written …
  const terminalGone = (): void => {
    logger.transports.console.level = false;
  };
  if (terminal) for (const stream of [process.stdout, process.stderr]) stream.on('error', terminalGone);
  const line = (parts: readonly unknown[]): string =>
    redactor.redact(format(...parts)).slice(0, logLineMaxCharacters);
  // The line is passed as an argument of `%s`, so that a percent sign in it formats nothing.
  return {
    file,
    info: (...parts) => logger.info('%s', line(parts)),
    warn: (...parts) => logger.warn('%s', line(parts)),
    error: (...parts) => logger.error('%s', line(parts)),
  };
}
