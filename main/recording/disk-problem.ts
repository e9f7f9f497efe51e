const sentences: Record<string, string> = {
  ENOSPC: 'The disk is full.',
  EDQUOT: 'The disk is full.',
  EACCES: 'Linkspan may not write in this folder.',
  EPERM: 'Linkspan may not write in this folder.',
  EROFS: 'This folder cannot be written.',
  ENOENT: 'The folder is gone.',
  ENOTDIR: 'The folder is gone.',
  EIO: 'The disk reports an error.',
  EFBIG: 'The file is larger than this disk allows.',
};

const damagedCode = 'EDAMAGED';

/** For what cannot be read as a recording; the code outlives the way out of a thread. */
export const damaged = (): Error =>
  Object.assign(new Error('The recording is damaged'), { code: damagedCode });

export const isDamaged = (error: unknown): boolean => codeOf(error) === damagedCode;

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error ? String(error.code) : null;

/** What went wrong with a file, in a sentence for the user: without its path, which the log has. */
export function diskProblem(error: unknown): string {
  const code = codeOf(error);
  if (code === null) return 'The file cannot be written.';
  return sentences[code] ?? `The file cannot be written (${code}).`;
}
