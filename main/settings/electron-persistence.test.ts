import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultDocument } from './document.ts';
import { openDocument } from './open-document.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'linkspan-store-'));
  // Outside Electron the package answers with a path; with this it does so without looking for a binary.
  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', directory);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true, force: true });
});

describe('the settings file, by the real electron-store', () => {
  it('A38: what is written is there for the next start, and for its owner alone', async () => {
    const { keepWithElectronStore } = await import('./electron-persistence.ts');
    const document = { ...defaultDocument(), parameters: { 'a.b': { x: 1 } } };
    keepWithElectronStore(directory, 'settings').write(document);
    const file = path.join(directory, 'settings.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(document);
    expect(openDocument(file, new Date())).toEqual({ document, notice: null });
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(readdirSync(directory)).toEqual(['settings.json']);
  });

  it('A38: an older write is replaced whole', async () => {
    const { keepWithElectronStore } = await import('./electron-persistence.ts');
    writeFileSync(path.join(directory, 'settings.json'), JSON.stringify({ version: 1, window: null }));
    const store = keepWithElectronStore(directory, 'settings');
    expect(store.read()).toEqual({ version: 1, window: null });
    store.write(defaultDocument());
    expect(store.read()).toEqual(defaultDocument());
  });
});
