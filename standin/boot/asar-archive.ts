import { createHash } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/**
 * Neither Node nor Chromium can read inside an asar, so a packaged app is unpacked once per archive, into a
 * folder that is itself called `app.asar` (what `app.getAppPath()` then ends in).
 */
interface Folder {
  files: Record<string, Entry>;
}
interface File {
  size: number;
  offset?: string;
  unpacked?: boolean;
  executable?: boolean;
  integrity?: { hash: string };
}
type Entry = Folder | File | { link: string };

interface Archive {
  descriptor: number;
  file: string;
  /** Where the files' bytes begin. */
  base: number;
}

const prefixBytes = 16;
const keyLength = 16;

const shortHash = (value: string | Buffer): string =>
  createHash('sha256').update(value).digest('hex').slice(0, keyLength);

function readAt(descriptor: number, length: number, position: number): Buffer {
  const bytes = Buffer.alloc(length);
  if (length > 0) readSync(descriptor, bytes, 0, length, position);
  return bytes;
}

/**
 * @param cache Folder for unpacked archives; an older unpacking of the same file is removed.
 * @returns The folder that holds the app.
 * @throws {Error} When a file's bytes do not match the archive's own integrity hash.
 */
export function unpackAsar(file: string, cache: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const prefix = readAt(descriptor, prefixBytes, 0);
    const header = readAt(descriptor, prefix.readUInt32LE(12), prefixBytes);
    const own = path.join(cache, `unpacked-${shortHash(path.resolve(file))}`);
    const { size, mtimeMs } = statSync(file);
    const version = shortHash(`${size}:${mtimeMs}:${header.toString('latin1')}`);
    const target = path.join(own, version, 'app.asar');
    if (existsSync(target)) return target;
    if (existsSync(own)) for (const old of readdirSync(own)) rmSync(path.join(own, old), { recursive: true });
    const archive = { descriptor, file, base: 8 + prefix.readUInt32LE(4) };
    const building = path.join(own, `${version}.${process.pid}`);
    unpackEntry(archive, JSON.parse(header.toString('utf8')) as Folder, path.join(building, 'app.asar'), '');
    renameSync(building, path.join(own, version));
    return target;
  } finally {
    closeSync(descriptor);
  }
}

function unpackEntry(archive: Archive, entry: Entry, root: string, relative: string): void {
  const target = path.join(root, relative);
  if ('files' in entry) {
    mkdirSync(target, { recursive: true });
    for (const [name, child] of Object.entries(entry.files)) {
      if (name === '..' || name.includes('/')) throw new Error(`asar: refused entry name '${name}'`);
      unpackEntry(archive, child, root, path.join(relative, name));
    }
  } else if ('link' in entry) {
    symlinkSync(path.relative(path.dirname(target), path.join(root, entry.link)), target);
  } else if (entry.unpacked) {
    copyFileSync(path.join(`${archive.file}.unpacked`, relative), target);
  } else {
    writeFileSync(target, fileBytes(archive, entry, relative), { mode: entry.executable ? 0o755 : 0o644 });
  }
}

function fileBytes(archive: Archive, entry: File, relative: string): Buffer {
  const bytes = readAt(archive.descriptor, entry.size, archive.base + Number(entry.offset ?? 0));
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (entry.integrity && entry.integrity.hash !== hash)
    throw new Error(`asar: '${relative}' does not match its integrity hash`);
  return bytes;
}
