import { createPackage } from '@electron/asar';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unpackAsar } from './asar-archive.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'standin-asar-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function pack(text: string): Promise<string> {
  const source = path.join(folder, 'source');
  mkdirSync(path.join(source, 'inner'), { recursive: true });
  writeFileSync(path.join(source, 'inner/file.txt'), text);
  writeFileSync(path.join(source, 'empty'), '');
  const file = path.join(folder, 'app.asar');
  await createPackage(source, file);
  return file;
}

describe('an asar archive', () => {
  it('is unpacked once per content, into a folder called app.asar', async () => {
    const cache = path.join(folder, 'cache');
    const first = unpackAsar(await pack('one'), cache);
    expect(path.basename(first)).toBe('app.asar');
    expect(readFileSync(path.join(first, 'inner/file.txt'), 'utf8')).toBe('one');
    expect(readFileSync(path.join(first, 'empty'), 'utf8')).toBe('');
    const second = unpackAsar(await pack('another'), cache);
    expect(readFileSync(path.join(second, 'inner/file.txt'), 'utf8')).toBe('another');
    const [only] = readdirSync(cache);
    expect(readdirSync(path.join(cache, only!))).toHaveLength(1);
  });

  it('with changed bytes is refused', async () => {
    const file = await pack('genuine text');
    const bytes = readFileSync(file);
    bytes.write('tampered', bytes.indexOf('genuine text'));
    writeFileSync(file, bytes);
    expect(() => unpackAsar(file, path.join(folder, 'cache'))).toThrow('does not match its integrity hash');
  });
});
