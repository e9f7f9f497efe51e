/**
 * Draws every icon of the app: `npm run icons`. The files are committed; a test draws them again and compares,
 * so that a drawing and its files cannot drift apart.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { iconFiles } from './icons/icon-files.ts';

const root = path.join(import.meta.dirname, '..');
const files = iconFiles();
for (const [name, content] of files) {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}
console.log(`${files.size} icon files written`);
