import { app, dialog } from 'electron';

/** A start that fails half-way must not leave a process without a window. */
export function failToStart(error: unknown): void {
  const why = error instanceof Error ? error.message : String(error);
  dialog.showErrorBox(
    'Linkspan could not start',
    `${why}\n\nIts files are in ${app.getPath('userData')}. Check that this folder can be written to.`,
  );
  app.exit(1);
}
