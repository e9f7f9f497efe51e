import { describe, expect, it } from 'vitest';
import { ConnectionCount } from './connection-count.ts';

describe('S13: connections per address', () => {
  it('gives each address as many as it may have, and no more', () => {
    const count = new ConnectionCount(2);
    expect(count.take('a')).not.toBeNull();
    expect(count.take('a')).not.toBeNull();
    expect(count.take('a')).toBeNull();
    expect(count.take('b')).not.toBeNull();
  });

  it('gives a place again that was given back', () => {
    const count = new ConnectionCount(1);
    for (let time = 0; time < 3; time += 1) {
      const release = count.take('a');
      expect(release).not.toBeNull();
      expect(count.take('a')).toBeNull();
      release?.();
    }
  });

  it('does not count those that were refused', () => {
    const count = new ConnectionCount(1);
    const release = count.take('a');
    for (let time = 0; time < 5; time += 1) count.take('a');
    release?.();
    expect(count.take('a')).not.toBeNull();
  });

  it('gives any number when there is no limit', () => {
    const count = new ConnectionCount(0);
    for (let time = 0; time < 1000; time += 1) expect(count.take('a')).not.toBeNull();
  });

  it('keeps nothing of addresses that have gone', () => {
    const count = new ConnectionCount(1);
    for (let host = 0; host < 1000; host += 1) count.take(`10.0.0.${host}`)?.();
    expect(count.addresses).toBe(0);
  });
});
