import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, afterEach, describe, expect, it } from 'vitest';
import { fuseProblems } from './fuse-problems.ts';

const root = path.resolve(import.meta.dirname, '../..');
const released = {
  version: FuseVersion.V1 as const,
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
};

describe('S9: the fuses of an executable', () => {
  let dist: string;
  let executable: string;
  beforeEach(() => {
    dist = mkdtempSync(path.join(tmpdir(), 'fuses-'));
    // The stand-in's launcher carries the fuse wire of a fresh Electron.
    execFileSync(process.execPath, [path.join(root, 'standin/build.mjs'), '--out', dist]);
    executable = path.join(dist, 'electron');
  });
  afterEach(() => rmSync(dist, { recursive: true }));

  it('are refused as Electron brings them', async () => {
    expect(await fuseProblems(executable, false)).toEqual([
      'the fuse RunAsNode is enabled and should be disabled',
      'the fuse EnableCookieEncryption is disabled and should be enabled',
      'the fuse EnableNodeOptionsEnvironmentVariable is enabled and should be disabled',
      'the fuse EnableNodeCliInspectArguments is enabled and should be disabled',
      'the fuse EnableEmbeddedAsarIntegrityValidation is disabled and should be enabled',
      'the fuse OnlyLoadAppFromAsar is disabled and should be enabled',
      'the fuse GrantFileProtocolExtraPrivileges is enabled and should be disabled',
    ]);
  });

  it('are accepted for a release with the inspector closed, and only then', async () => {
    await flipFuses(executable, released);
    expect(await fuseProblems(executable, false)).toEqual([]);
    await flipFuses(executable, { ...released, [FuseV1Options.EnableNodeCliInspectArguments]: true });
    expect(await fuseProblems(executable, true)).toEqual([]);
    expect(await fuseProblems(executable, false)).toEqual([
      'the fuse EnableNodeCliInspectArguments is enabled and should be disabled',
    ]);
  });
});
