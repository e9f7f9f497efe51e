import { describe, expect, it } from 'vitest';
import { fromReserved, originOf, toReserved } from './reserved-origin.ts';

const isApp = (scheme: string): boolean => scheme === 'app';

describe('the reserved origin of an app scheme', () => {
  it.each([
    ['app://bundle/index.html', 'https://bundle.app.standin/index.html'],
    ['app://bundle/a/b?c=d#e', 'https://bundle.app.standin/a/b?c=d#e'],
    ['app://bundle/', 'https://bundle.app.standin/'],
  ])('maps %s there and back', (address, reserved) => {
    expect(toReserved(address, isApp)).toBe(reserved);
    expect(fromReserved(reserved)).toBe(address);
  });

  it('gives an address without a path the root path', () => {
    expect(toReserved('app://bundle', isApp)).toBe('https://bundle.app.standin/');
  });

  it('leaves every other address alone', () => {
    for (const address of ['https://example.org/x', 'other://host/', 'about:blank', ''])
      expect([toReserved(address, isApp), fromReserved(address)]).toEqual([address, address]);
  });

  it('is not fooled by a host that only ends alike', () => {
    const address = 'https://example.org/bundle.app.standin/';
    expect(fromReserved(address)).toBe(address);
  });

  it('reports the origin that Electron reports', () => {
    expect(originOf('app://bundle/index.html')).toBe('app://bundle');
    expect(originOf('https://example.org:8443/x')).toBe('https://example.org:8443');
    expect(originOf('')).toBe('null');
  });
});
