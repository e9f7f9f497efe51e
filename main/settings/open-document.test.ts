import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultDocument, type SettingsDocument } from './document.ts';
import { readDocument } from './migrate.ts';
import { openDocument } from './open-document.ts';

let directory: string;
let file: string;
const now = new Date('2026-01-02T03:04:05.678Z');
const asideName = 'settings.set-aside-20260102T030405678Z.json';

beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'linkspan-settings-'));
  file = path.join(directory, 'settings.json');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const stored: SettingsDocument = {
  ...defaultDocument(),
  parameters: { sketch: { strength: 0.4, ink: [0.1, 0.2, 0.3] } },
};

describe('A38: the settings file', () => {
  it('that is not there yet gives the defaults, without a notice', () => {
    expect(openDocument(file, now)).toEqual({ document: defaultDocument(), notice: null });
    expect(readdirSync(directory)).toEqual([]);
  });

  it('brings back the last parameters of each pipeline', () => {
    writeFileSync(file, JSON.stringify(stored));
    expect(openDocument(file, now)).toEqual({ document: stored, notice: null });
  });

  it.each([
    ['is cut off', JSON.stringify(stored).slice(0, 40)],
    ['is empty', ''],
    ['is binary', '\0\u0001\u0002'],
    ['is another JSON', '[]'],
    ['has a section of the wrong shape', JSON.stringify({ ...stored, user: { theme: 'purple' } })],
    ['is from a newer version', JSON.stringify({ ...stored, version: 99 })],
    ['is from a version nobody can read', JSON.stringify({ ...stored, version: 0 })],
  ])('that %s is set aside whole, with defaults and one notice', (_what, text) => {
    writeFileSync(file, text);
    const { document, notice } = openDocument(file, now);
    expect(document).toEqual(defaultDocument());
    expect(notice).toContain(path.join(directory, asideName));
    expect(readdirSync(directory)).toEqual([asideName]);
    expect(readFileSync(path.join(directory, asideName), 'utf8')).toBe(text);
  });

  it('of an older version is brought up to date, and a copy of it is kept', () => {
    const old = JSON.stringify({ version: 0, lastValues: { sketch: { strength: 0.4 } } });
    writeFileSync(file, old);
    const read = (held: unknown) =>
      readDocument(held, { 0: (document) => ({ parameters: document['lastValues'] }) });
    const { document, notice } = openDocument(file, now, read);
    expect(notice).toBeNull();
    expect(document).toEqual({ ...defaultDocument(), parameters: { sketch: { strength: 0.4 } } });
    expect(readFileSync(path.join(directory, asideName), 'utf8')).toBe(old);
  });

  it('whose migration fails is set aside', () => {
    writeFileSync(file, JSON.stringify({ version: 0 }));
    const read = (held: unknown) =>
      readDocument(held, {
        0: () => {
          throw new Error('not what it claims to be');
        },
      });
    expect(openDocument(file, now, read).notice).toContain('not what it claims to be');
    expect(readdirSync(directory)).toEqual([asideName]);
  });

  it('loses nothing to what is unimportant and not as it should be: where windows stood', () => {
    const bounds = { x: 0.5, y: 0, width: 800, height: 600 };
    const output = { display: 1, onTop: true, places: { 1: bounds } };
    writeFileSync(file, JSON.stringify({ ...stored, window: { ...bounds, maximised: false }, output }));
    const { document, notice } = openDocument(file, now);
    expect(notice).toBeNull();
    expect(document).toMatchObject({ user: stored.user, window: null, output: defaultDocument().output });
  });

  it('S10: has no place for a token: one that is put there is dropped', () => {
    writeFileSync(file, JSON.stringify({ ...stored, token: 'a-token' }));
    expect(JSON.stringify(openDocument(file, now).document)).not.toContain('a-token');
  });
});
