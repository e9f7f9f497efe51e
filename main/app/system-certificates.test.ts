import { describe, expect, it } from 'vitest';
import { trustSystemCertificates, type CertificateStore } from './system-certificates.ts';

function setUp(store: CertificateStore) {
  const lines: string[] = [];
  const note = (...parts: unknown[]): void => void lines.push(parts.map(String).join(' '));
  trustSystemCertificates(store, { info: note, warn: note, error: note, file: '' });
  return lines;
}

/** A store whose default and system lists overlap. */
function fakeStore(system: () => string[]) {
  const set: (readonly string[])[] = [];
  return {
    set,
    getCACertificates: (type: 'default' | 'system') => (type === 'system' ? system() : ['built-in', 'both']),
    setDefaultCACertificates: (certificates: readonly string[]) => void set.push(certificates),
  };
}

describe('A67: the system’s certificates', () => {
  it('are trusted besides the built-in ones', () => {
    const store = fakeStore(() => ['both', 'company']);
    expect(setUp(store)).toEqual(['tls: 1 of the system’s 2 certificates were not built in']);
    expect(store.set).toEqual([['built-in', 'both', 'company']]);
  });

  it.each<[string, CertificateStore]>([
    ['nobody knows how to read', {}],
    ['can be read but not used', { getCACertificates: () => ['company'] }],
    [
      'cannot be read',
      fakeStore(() => {
        throw new Error('access denied');
      }),
    ],
  ])('that %s leave everything as it was, and the log says so', (_what, store) => {
    const lines = setUp(store);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('cannot be read');
    expect('set' in store ? store.set : []).toEqual([]);
  });
});
