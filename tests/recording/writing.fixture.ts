/**
 * A process that records until it is killed: the pieces of a real recording, each told of once it is acknowledged.
 * Arguments: its folder, the file with the pieces' lengths and the one with the pieces.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openStudioFiles } from '../../main/recording/open-studio-files.ts';

const [home, lengthsFile, piecesFile] = process.argv.slice(2) as [string, string, string];
const workerFile = path.resolve(import.meta.dirname, '../../main/recording/finish-worker.ts');
const { recordings } = openStudioFiles({
  videos: home,
  pictures: home,
  userData: home,
  workerFile,
  show: () => undefined,
  tell: () => undefined,
  log: { ...console, file: '' },
});
const begun = await recordings.begin({ source: false });
if (!begun.ok) throw new Error(begun.problem);
const lengths = JSON.parse(readFileSync(lengthsFile, 'utf8')) as number[];
const pieces = readFileSync(piecesFile);
let at = 0;
for (const length of lengths) {
  const written = await recordings.write(begun.value.id, 'output', pieces.subarray(at, at + length));
  at += length;
  if (written.ok) process.send?.(written.value);
}
// Goes on, as a recording does, until it is killed.
setInterval(() => undefined, 1_000);
