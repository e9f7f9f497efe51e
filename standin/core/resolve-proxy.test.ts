import { expect, it } from 'vitest';
import { resolveProxy } from './resolve-proxy.ts';

const by = (server: string, url = 'https://gpu.example/ws'): string =>
  resolveProxy(url, new Map([['proxy-server', server]]));

it('answers by the command line, as Chromium would', () => {
  expect(resolveProxy('https://gpu.example/', new Map())).toBe('DIRECT');
  expect(by('proxy.example:3128')).toBe('PROXY proxy.example:3128');
  expect(by('https://proxy.example:443')).toBe('HTTPS proxy.example:443');
  expect(by('socks5://[::1]:1080')).toBe('SOCKS5 [::1]:1080');
  expect(by('proxy.example:3128', 'http://127.0.0.1:4000/ws')).toBe('DIRECT');
  expect(by('proxy.example:3128', 'http://localhost/ws')).toBe('DIRECT');
});

it('says what it cannot do instead of guessing', () => {
  expect(() => by('http=a:1;https=b:2')).toThrow('not implement');
  expect(() => resolveProxy('https://a/', new Map([['proxy-pac-url', 'http://a/proxy.pac']]))).toThrow(
    'proxy-pac-url',
  );
  expect(() => by('a:1', 'no address')).toThrow(TypeError);
});
