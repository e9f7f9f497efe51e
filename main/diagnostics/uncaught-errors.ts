import type { Log } from './log.ts';

/**
 * An error nobody caught is written to the log and told once; the app goes on, as Electron itself would
 * after its dialog. The terminal and Electron's dialog would show it unredacted, so neither gets it.
 *
 * @param tell Called for the first of them only.
 */
export function logUncaughtErrors(
  source: Pick<NodeJS.Process, 'on'>,
  log: Log,
  tell: (notice: string) => void,
): void {
  let told = false;
  const report = (error: unknown): void => {
    log.error('Uncaught:', error);
    if (told) return;
    told = true;
    tell(
      `Something went wrong inside Linkspan. If it misbehaves, restart it; the details are in ${log.file}.`,
    );
  };
  source.on('uncaughtException', report);
  source.on('unhandledRejection', report);
}
