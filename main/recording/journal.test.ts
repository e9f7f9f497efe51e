import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Journal } from './journal.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'linkspan-journal-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open(): { journal: Journal; damages: unknown[] } {
  const damages: unknown[] = [];
  return {
    journal: new Journal(path.join(folder, 'recordings.json'), (error) => damages.push(error)),
    damages,
  };
}

describe('the journal of recordings', () => {
  it('starts empty, and finds in the next run what was not finished in this one', () => {
    const first = open();
    expect(first.journal.open).toEqual([]);
    first.journal.add('/videos/a');
    first.journal.add('/videos/b');
    first.journal.remove('/videos/a');
    const next = open();
    expect(next.journal.open).toEqual(['/videos/b']);
    expect([...first.damages, ...next.damages]).toEqual([]);
  });

  it.each(['', '{', '{"version":2,"open":[]}', '{"version":1,"open":[7]}'])(
    'survives being damaged: %s',
    (text) => {
      writeFileSync(path.join(folder, 'recordings.json'), text);
      const { journal, damages } = open();
      expect(journal.open).toEqual([]);
      expect(damages).toHaveLength(1);
      journal.add('/videos/a');
      expect(open().journal.open).toEqual(['/videos/a']);
    },
  );

  it('says so when it cannot be written', () => {
    rmSync(folder, { recursive: true });
    expect(() => open().journal.add('/videos/a')).toThrow('ENOENT');
  });
});
