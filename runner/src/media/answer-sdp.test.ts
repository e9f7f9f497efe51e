import { expect, it } from 'vitest';
import { scopeCandidates } from './answer-sdp.ts';

const sdp = [
  'v=0',
  'm=video 45790 UDP/TLS/RTP/SAVPF 96',
  'c=IN IP4 192.0.2.2',
  'a=candidate:1 1 udp 2122265343 2001:db8::2 33724 typ host',
  'a=candidate:2 1 udp 2122194687 192.0.2.2 45790 typ host',
  'a=candidate:3 1 udp 2122136831 ::1 36386 typ host',
  'a=candidate:4 1 udp 2122063615 127.0.0.1 35428 typ host',
  'a=candidate:5 1 udp 2122063615 0f6c.local 35428 typ host',
  'a=rtcp-mux',
  '',
].join('\r\n');

function addresses(text: string): string[] {
  return [...text.matchAll(/a=candidate:(?:\S+ ){4}(\S+)/g)].map(([, address]) => address ?? '');
}

it.each([
  ['loopback', ['127.0.0.1']],
  ['network', ['2001:db8::2', '192.0.2.2']],
  ['all', ['2001:db8::2', '192.0.2.2', '::1', '127.0.0.1', '0f6c.local']],
] as const)('S16: in the scope %s tells only what belongs there', (scope, expected) => {
  expect(addresses(scopeCandidates(sdp, scope))).toEqual(expected);
});

it('S16: names no address outside the candidates, and leaves the rest as it is', () => {
  const lines = scopeCandidates(sdp, 'loopback').split('\r\n');
  expect(lines.slice(0, 3)).toEqual(['v=0', 'm=video 9 UDP/TLS/RTP/SAVPF 96', 'c=IN IP4 0.0.0.0']);
  expect(lines.slice(-2)).toEqual(['a=rtcp-mux', '']);
});
