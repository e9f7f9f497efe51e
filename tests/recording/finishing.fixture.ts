/**
 * An app that starts, begins to finish what an earlier run left, and quits in the midst of it. Argument: its folder.
 * Exits with 3 when it was too late for that.
 */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { openStudioFiles } from '../../main/recording/open-studio-files.ts';

const [home] = process.argv.slice(2) as [string];
const { recordings } = openStudioFiles({
  videos: home,
  pictures: home,
  userData: home,
  workerFile: path.resolve(import.meta.dirname, '../../main/recording/finish-worker.ts'),
  show: () => undefined,
  tell: (news) => {
    if (news.type === 'saved') process.exit(3);
  },
  log: { info: () => undefined, warn: () => undefined, error: () => undefined, file: '' },
});
await recordings.attend();
recordings.finishLeftOver();
const folder = path.join(home, 'Linkspan');
/** Quits as soon as some of the new file is there; the app's own limit is a time, which a test cannot rely on. */
function look(): void {
  const begun = readdirSync(folder).find((name) => name.endsWith('.finishing.webm'));
  if (begun !== undefined && statSync(path.join(folder, begun)).size > 0) process.exit(0);
  setImmediate(look);
}
look();
