import { mkdir, mkdtemp, rmdir } from 'node:fs/promises';
import path from 'node:path';

/**
 * A folder that files can be made in: made when it is missing, and tried, since permissions alone don't tell.
 *
 * @param fallback Taken when the preferred one cannot be used.
 * @throws When neither can be used.
 */
export async function usableFolder(
  preferred: string,
  fallback: string,
  onFallback: (error: unknown) => void,
): Promise<string> {
  try {
    return await tried(preferred);
  } catch (error) {
    onFallback(error);
    return tried(fallback);
  }
}

async function tried(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  await rmdir(await mkdtemp(path.join(folder, '.linkspan-')));
  return folder;
}
