import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { canUpdate, mayRestart, updaterSettings } from './update-policy.ts';

describe('S14: updates', () => {
  it('exist only in a package that names where they come from', () => {
    expect(canUpdate({ isPackaged: true, hasPublishConfig: true })).toBe(true);
    expect(canUpdate({ isPackaged: false, hasPublishConfig: true })).toBe(false);
    expect(canUpdate({ isPackaged: true, hasPublishConfig: false })).toBe(false);
  });

  it('are never loaded or installed silently, and never go back', () => {
    expect(updaterSettings).toMatchObject({
      autoDownload: false,
      autoInstallOnAppQuit: false,
      allowDowngrade: false,
    });
  });

  it('never restart the app while it is live, connecting or recovering', () => {
    const phases = ['idle', 'connecting', 'live', 'recovering', 'failed'] as const;
    expect(phases.filter(mayRestart)).toEqual(['idle', 'failed']);
  });

  it('are signed: no package is made that skips the check of the signature', () => {
    const config = readFileSync(path.join(import.meta.dirname, '../../electron-builder.yml'), 'utf8');
    expect(config).not.toMatch(/verifyUpdateCodeSignature:\s*false/);
    expect(config).toMatch(/hardenedRuntime: true/);
    expect(config).toMatch(/notarize: true/);
  });
});
