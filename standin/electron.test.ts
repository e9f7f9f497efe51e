import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFuses } from './boot/fuses.ts';
import { electron } from './electron.ts';

let dist = '';
beforeAll(() => {
  dist = mkdtempSync(path.join(tmpdir(), 'standin-build-'));
  execFileSync(process.execPath, [path.join(import.meta.dirname, 'build.mjs'), '--out', dist]);
});
afterAll(() => rmSync(dist, { recursive: true }));

describe('the distribution', () => {
  it('exports to importing code exactly the names that the electron module has', () => {
    const text = readFileSync(path.join(dist, 'resources/standin/electron.cjs'), 'utf8');
    const names = /module\.exports = \{ ([^}]+) \}/.exec(text)![1]!.split(', ');
    expect(names.toSorted()).toEqual(Object.keys(electron).toSorted());
  });

  it("has a fresh Electron's fuses at the end of its launcher", () => {
    const { runAsNode, nodeCliInspect, onlyLoadAppFromAsar, embeddedAsarIntegrity } = readFuses(
      path.join(dist, 'electron'),
    );
    expect([runAsNode, nodeCliInspect, onlyLoadAppFromAsar, embeddedAsarIntegrity]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('says which Electron it stands for', () => {
    expect(readFileSync(path.join(dist, 'version'), 'utf8')).toBe('45.4.1');
  });

  it('has the one language that electron-builder keeps in a package', () => {
    expect(readdirSync(path.join(dist, 'locales'))).toEqual(['en-US.pak']);
  });
});
