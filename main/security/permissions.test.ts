import { describe, expect, it } from 'vitest';
import { mayUse, type PermissionQuestion } from './permissions.ts';

const ours: PermissionQuestion = {
  permission: 'media',
  origin: 'app://bundle/',
  isMainFrame: true,
  media: ['video'],
};

describe('S3: permissions', () => {
  it.each([
    'media',
    'display-capture',
    'fullscreen',
    'local-network-access',
    'local-network',
    'loopback-network',
  ])('%s is granted to our page', (permission) => {
    expect(mayUse({ ...ours, permission })).toBe(true);
  });

  it.each([
    'geolocation',
    'notifications',
    'midi',
    'midiSysex',
    'hid',
    'serial',
    'usb',
    'clipboard-read',
    'pointerLock',
    'keyboardLock',
    'openExternal',
    'fileSystem',
    'idle-detection',
    'storage-access',
    'window-management',
    'unknown',
    'constructor',
    '__proto__',
  ])('%s is denied', (permission) => {
    expect(mayUse({ ...ours, permission })).toBe(false);
  });

  it.each([
    'https://bundle/',
    'app://bundle.example/',
    'app://other/',
    'app://user@bundle/',
    'null',
    '',
    'file:///index.html',
  ])('the origin %s has none', (origin) => {
    expect(mayUse({ ...ours, origin })).toBe(false);
  });

  it('a frame inside the page has none', () => {
    expect(mayUse({ ...ours, isMainFrame: false })).toBe(false);
  });

  it('the microphone is denied, alone and beside the camera', () => {
    expect(mayUse({ ...ours, media: ['audio'] })).toBe(false);
    expect(mayUse({ ...ours, media: ['video', 'audio'] })).toBe(false);
  });
});
