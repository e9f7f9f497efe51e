import { expect, it } from 'vitest';
import { runtimeName } from './runtime-name.ts';

const electron = { node: '24.21.0', electron: '45.4.1', chrome: '156.0.8078.79' };

it('real Electron is named by its version', () => {
  expect(runtimeName(electron)).toBe('Electron 45.4.1');
});

it('the stand-in is never taken for Electron, and names the Chromium it uses', () => {
  expect(runtimeName({ ...electron, standin: '0.1.0' })).toBe(
    'stand-in for Electron 45.4.1 (Chromium 156.0.8078.79)',
  );
});
