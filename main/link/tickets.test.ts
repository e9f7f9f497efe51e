import { describe, expect, it } from 'vitest';
import type { Ready } from './signalling.ts';
import { addressAsSafeAs, ticketOf } from './tickets.ts';

const place = { name: 'gpu', url: 'wss://gpu.example.com/ws', token: 'secret' };
const ready = (more: Partial<Ready>): Ready => ({
  type: 'ready',
  capabilities: ['resume'],
  resume_token: 'ticket',
  ...more,
});

describe('a ticket', () => {
  it('leads to the endpoint, or to the runner’s own address behind it', () => {
    expect(ticketOf(ready({}), place)).toEqual({ url: place.url, token: 'ticket', endpoint: place.url });
    expect(ticketOf(ready({ resume_url: 'wss://gpu.example.com/r/7/ws' }), place)).toEqual({
      url: 'wss://gpu.example.com/r/7/ws',
      token: 'ticket',
      endpoint: place.url,
    });
  });

  it.each<[string, Partial<Ready>]>([
    ['knows nothing of resuming', { capabilities: ['rebuild'] }],
    ['gives no token', { resume_token: undefined }],
    ['gives an empty one', { resume_token: '' }],
  ])('is not had from a runner that %s', (_, more) => {
    expect(ticketOf(ready(more), place)).toBeNull();
  });

  it.each([
    'ws://gpu.example.com/r/7/ws',
    'ws://127.0.0.1:9/ws',
    'ws://evil.example.com/ws',
    'wss://evil.example.com/ws?token=x',
    'wss://me:you@evil.example.com/ws',
    'javascript:alert(1)',
    'file:///etc/passwd',
    '',
    'nonsense',
    'nonsense with spaces',
  ])('S1: does not lead to %j, which is less protected than the endpoint or no address at all', (named) => {
    expect(ticketOf(ready({ resume_url: named }), place)?.url).toBe(place.url);
  });
});

describe('an address that a runner names', () => {
  it('may be as unprotected as the one it was reached by', () => {
    expect(addressAsSafeAs('ws://192.168.0.7:8000/ws', 'ws://192.168.0.8:8000/ws')).toBe(
      'ws://192.168.0.8:8000/ws',
    );
  });

  it('may not be unprotected in public, even then', () => {
    expect(addressAsSafeAs('ws://192.168.0.7:8000/ws', 'ws://example.com/ws')).toBeNull();
  });

  it('may be better protected', () => {
    expect(addressAsSafeAs('ws://192.168.0.7:8000/ws', 'wss://example.com/ws')).toBe('wss://example.com/ws');
  });

  it('is none when it names none', () => {
    expect(addressAsSafeAs('wss://example.com/ws', undefined)).toBeNull();
  });
});
