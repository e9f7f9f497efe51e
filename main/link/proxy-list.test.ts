import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { nameOfWay, parseProxyList, type ProxyWay } from './proxy-list.ts';

it.each<[string, ProxyWay[]]>([
  ['DIRECT', [{ kind: 'direct' }]],
  [
    'PROXY proxy.example:3128; DIRECT',
    [{ kind: 'http', host: 'proxy.example', port: 3128 }, { kind: 'direct' }],
  ],
  ['HTTPS proxy.example:8443', [{ kind: 'https', host: 'proxy.example', port: 8443 }]],
  ['HTTPS proxy.example', [{ kind: 'https', host: 'proxy.example', port: 443 }]],
  ['SOCKS5 10.0.0.1:1080', [{ kind: 'socks5', host: '10.0.0.1', port: 1080 }]],
  ['SOCKS [::1]', [{ kind: 'socks4', host: '::1', port: 1080 }]],
  ['  proxy  a:1 ;; direct ;', [{ kind: 'http', host: 'a', port: 1 }, { kind: 'direct' }]],
  ['QUIC a:443; PROXY b:80', [{ kind: 'http', host: 'b', port: 80 }]],
  ['PROXY', []],
  ['PROXY a:99999', []],
  ['<html>', []],
  ['', []],
])('A67: reads the system’s answer %j', (answer, ways) => {
  expect(parseProxyList(answer)).toEqual(ways);
});

it('A67: makes of any answer ways that can be dialled, and never throws', () => {
  const part = fc.oneof(fc.string(), fc.constantFrom('DIRECT', 'PROXY a:1', 'SOCKS5', ';', ' : '));
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      for (const way of parseProxyList(parts.join(';'))) {
        if (way.kind === 'direct') continue;
        expect(way.host).not.toBe('');
        expect(way.port >= 0 && way.port < 65_536).toBe(true);
      }
    }),
  );
});

it('names a way by its kind and address', () => {
  expect(parseProxyList('SOCKS5 a:1; DIRECT').map(nameOfWay)).toEqual([
    'the socks5 proxy a:1',
    'a direct connection',
  ]);
});
