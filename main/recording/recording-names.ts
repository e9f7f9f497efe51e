/** How recordings are called: beside each other in a folder they sort by time, on every system. */
const two = (value: number): string => String(value).padStart(2, '0');

/**
 * @param at Local time is taken: it is what a user looks for.
 * @returns `Linkspan 2026-11-25 22.31.05`: no colon, which Windows forbids.
 */
export function stampedName(at: Date): string {
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join('.');
  return `Linkspan ${day} ${time}`;
}

const recordingEnd = '.recording.webm';

/** While it is recorded: whoever finds it can play it, and sees that something is missing. */
export const whileRecorded = (stem: string): string => `${stem}${recordingEnd}`;
/** While it is made seekable: whole only once it is called otherwise. */
export const whileFinished = (stem: string): string => `${stem}.finishing.webm`;
export const whenDone = (stem: string): string => `${stem}.webm`;

/** What `whileRecorded` was made of; null for any other file. */
export const stemOf = (file: string): string | null =>
  file.endsWith(recordingEnd) ? file.slice(0, -recordingEnd.length) : null;

/**
 * The first of `stem`, `stem (2)`, `stem (3)` … that nothing stands in the way of.
 *
 * @param isTaken Whether this stem cannot be used.
 */
export async function freeStem(stem: string, isTaken: (stem: string) => Promise<boolean>): Promise<string> {
  let candidate = stem;
  for (let count = 2; await isTaken(candidate); count += 1) candidate = `${stem} (${count})`;
  return candidate;
}

/** How often another app may take a name between the look and the making of a file. */
const triesMax = 5;

/** Makes something under the first free name. @throws What `make` throws, but for a name that was taken meanwhile. */
export async function makeFree<Made>(
  stem: string,
  isTaken: (stem: string) => Promise<boolean>,
  make: (stem: string) => Promise<Made>,
): Promise<Made> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await make(await freeStem(stem, isTaken));
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
      if (!isTaken || tries === triesMax) throw error;
    }
  }
}
