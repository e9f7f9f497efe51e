import { describe, expect, it } from 'vitest';
import { relaying } from '../../defaults.ts';
import { turnServers, turnUrl } from './turn-servers.ts';

const known = { username: 'user', credential: 'secret' };
const urlsOf = (...urls: string[]) => turnServers([{ urls, ...known }]).map(turnUrl);

describe('the TURN servers of a list', () => {
  it('are read with their transport and credentials', () => {
    expect(turnServers([{ urls: 'turns:turn.example.org', ...known }])).toEqual([
      { host: 'turn.example.org', port: 5349, transport: 'tls', ...known },
    ]);
    expect(turnServers([{ urls: 'turn:[2001:db8::1]:53', ...known }]).map(turnUrl)).toEqual([
      'turn:[2001:db8::1]:53?transport=udp',
    ]);
  });

  it('come in the order UDP, TCP, TLS, and as listed among themselves', () => {
    expect(
      urlsOf('turns:a?transport=tcp', 'turn:b?transport=tcp', 'stun:c', 'turn:d', 'turn:e?transport=udp'),
    ).toEqual([
      'turn:d:3478?transport=udp',
      'turn:e:3478?transport=udp',
      'turn:b:3478?transport=tcp',
      'turns:a:5349',
    ]);
  });

  it('are each asked once, and not more of them than it takes', () => {
    expect(urlsOf('turn:a', 'turn:a:3478', 'turn:b', 'turn:c', 'turn:d')).toHaveLength(
      relaying.serversPerTransport,
    );
    expect(urlsOf('turn:a', 'turn:a:3478?transport=udp')).toEqual(['turn:a:3478?transport=udp']);
  });

  it('are none without credentials, and none that cannot be read', () => {
    expect(turnServers([{ urls: 'turn:a' }, { urls: 'turn:a', username: 'user' }])).toEqual([]);
    expect(urlsOf('turn:', 'turns:a?transport=udp', 'https://a', 'turn:a?transport=sctp')).toEqual([]);
  });

  it('are named without their credentials', () => {
    for (const server of turnServers([{ urls: ['turn:a', 'turns:b'], ...known }])) {
      expect(turnUrl(server)).not.toContain(known.credential);
    }
  });
});
