import { expect, it } from 'vitest';
import { isAllowedExternal } from './allowed-external.ts';

it('S6: our own site may be opened in the system’s browser', () => {
  expect(isAllowedExternal('https://linkspan.invalid/docs?x=1#top')).toBe(true);
});

it.each([
  'http://linkspan.invalid/',
  'https://linkspan.invalid.evil.example/',
  'https://evil.example/https://linkspan.invalid/',
  'https://linkspan.invalid@evil.example/',
  'https://user@linkspan.invalid/',
  'https://linkspan.invalid:8443/',
  'file:///etc/passwd',
  'file://server/share/x.exe',
  '\\\\server\\share\\x.exe',
  'javascript:alert(1)',
  'ms-msdt:/id PCWDiagnostic',
  'mailto:someone@linkspan.invalid',
  'linkspan://add-endpoint?url=wss://x',
  'not an address',
  '',
])('S6: %s is not', (address) => {
  expect(isAllowedExternal(address)).toBe(false);
});
