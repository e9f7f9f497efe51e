import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './project.mjs';

const skipped = new Set(['node_modules', 'out', 'release', '.git']);

function* filesBelow(entry) {
  const stats = statSync(entry, { throwIfNoEntry: false });
  if (!stats) return;
  if (!stats.isDirectory()) {
    yield entry;
    return;
  }
  for (const name of readdirSync(entry).toSorted()) {
    if (!skipped.has(name) && !/\.(test|it|long)\.tsx?$/.test(name))
      yield* filesBelow(path.join(entry, name));
  }
}

/**
 * A digest over the contents of files and folders (tests left out), in a fixed order.
 *
 * @param {string[]} entries Paths relative to the project.
 */
export function digest(entries) {
  const hash = createHash('sha256');
  for (const entry of entries) {
    for (const file of filesBelow(path.join(root, entry))) {
      hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

/** A stamp remembers the digest a step was last done for. */
export function stamp(file) {
  const at = path.join(root, file);
  return {
    matches(value) {
      try {
        return readFileSync(at, 'utf8') === value;
      } catch (error) {
        if (error.code === 'ENOENT') return false;
        throw error;
      }
    },
    write(value) {
      mkdirSync(path.dirname(at), { recursive: true });
      writeFileSync(at, value);
    },
  };
}
