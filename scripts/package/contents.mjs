/** Prints what a packaged app holds, and fails when it holds something that must not ship. Argument: its folder. */
import { getRawHeader } from '@electron/asar';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const foreign =
  /(^|\/)(runner|tests?|e2e|standin|bench|scripts|node_modules|src)\/|fault-hooks|\.(tsx?|map)$|^(?!out\/renderer\/assets\/).*\.onnx$/;
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`.padStart(10);

function* listing(files, at = '') {
  for (const [name, entry] of Object.entries(files)) {
    const file = at ? `${at}/${name}` : name;
    if (entry.files) yield* listing(entry.files, file);
    else yield { file, bytes: entry.size ?? 0 };
  }
}

const folder = process.argv[2];
const inside = readdirSync(folder, { recursive: true }).map((name) => path.join(folder, name));
const asar = inside.find((name) => path.basename(name) === 'app.asar');
if (!asar) throw new Error(`No app.asar below ${folder}.`);
const files = [...listing(getRawHeader(asar).header.files)];
const total = inside
  .map((name) => statSync(name))
  .reduce((sum, stats) => sum + (stats.isFile() ? stats.size : 0), 0);

console.log(`${megabytes(total)}  in all`);
console.log(`${megabytes(statSync(asar).size)}  app.asar, ${files.length} files, the largest:`);
for (const { file, bytes } of files.toSorted((a, b) => b.bytes - a.bytes).slice(0, 5)) {
  console.log(`${megabytes(bytes)}    ${file}`);
}
const wrong = files.filter(({ file }) => foreign.test(file));
for (const { file } of wrong) console.error(`app.asar holds ${file}, which must not ship`);
process.exitCode = wrong.length === 0 ? 0 : 1;
