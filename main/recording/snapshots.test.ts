import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SnapshotFacts } from '../../shared/ipc/recording-channels.ts';
import { createFile } from './chunk-file.ts';
import { SavedFiles } from './saved-files.ts';
import { Snapshots, type SnapshotsOptions } from './snapshots.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'linkspan-snapshots-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const facts: SnapshotFacts = {
  pipelineId: 'sketch',
  parameters: { strength: 1 },
  shown: { kind: 'local', since: 1, because: 'chosen' },
  source: { kind: 'camera', name: 'Camera' },
  size: { width: 1, height: 1 },
};
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

function setUp(options: Partial<SnapshotsOptions> = {}) {
  const shown: string[] = [];
  const saved = new SavedFiles((file) => shown.push(file));
  const ignore = (): void => undefined;
  const snapshots = new Snapshots({
    folder: () => Promise.resolve(folder),
    create: createFile,
    saved,
    now: () => new Date(2026, 10, 25, 22, 31, 5),
    log: { info: ignore, warn: ignore, error: ignore, file: '' },
    ...options,
  });
  return { snapshots, saved, shown };
}

describe('snapshots', () => {
  it('are saved with what made them, and overwrite none', async () => {
    const { snapshots, saved, shown } = setUp();
    await snapshots.save(png, facts);
    const second = await snapshots.save(png, facts);
    const name = 'Linkspan 2026-11-25 22.31.05 (2).png';
    expect(second).toMatchObject({ ok: true, value: { name } });
    expect(readdirSync(folder)).toHaveLength(2);
    const text = readFileSync(path.join(folder, name), 'utf8');
    expect(text).toContain('linkspan:source\0\0\0\0\0{"kind":"camera","name":"Camera","width":1,"height":1}');
    expect(text).toContain('linkspan:parameters\0\0\0\0\0{"pipeline":"sketch","parameters":{"strength":1}');
    if (second.ok) saved.reveal(second.value.id);
    expect(shown).toEqual([path.join(folder, name)]);
  });

  it('taken at once are saved side by side', async () => {
    const { snapshots } = setUp();
    const both = await Promise.all([snapshots.save(png, facts), snapshots.save(png, facts)]);
    expect(both).toMatchObject([{ ok: true }, { ok: true }]);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('leave no half of a file when the disk runs full', async () => {
    const create: SnapshotsOptions['create'] = async (file) => {
      const real = await createFile(file);
      return {
        writeFile: async (picture) => {
          await real.writeFile(picture.subarray(0, 20));
          throw Object.assign(new Error('full'), { code: 'ENOSPC' });
        },
        datasync: () => real.datasync(),
        close: () => real.close(),
      };
    };
    expect(await setUp({ create }).snapshots.save(png, facts)).toMatchObject({ ok: false });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('say why they could not be saved', async () => {
    const create = () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
    const outcome = await setUp({ create }).snapshots.save(png, facts);
    expect(outcome).toEqual({ ok: false, problem: 'The disk is full.' });
  });

  it('are nothing but PNG', async () => {
    await expect(setUp().snapshots.save(Buffer.from('<svg/>'), facts)).rejects.toThrow(RangeError);
    expect(readdirSync(folder)).toEqual([]);
  });
});
