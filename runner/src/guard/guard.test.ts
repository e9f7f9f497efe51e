import { describe, expect, it } from 'vitest';
import { refuse, type AdmissionRules } from './admit.ts';
import { isLoopbackAddress, isLoopbackHost } from './loopback-host.ts';
import { rateLimit } from './rate-limit.ts';
import { bearsToken } from './token-check.ts';

describe('loopback', () => {
  it.each(['127.0.0.1', '127.8.9.1', 'localhost', 'LOCALHOST', '::1', '[::1]'])(
    '%s is this machine',
    (host) => {
      expect(isLoopbackHost(host)).toBe(true);
    },
  );
  it.each(['0.0.0.0', '::', '192.0.2.1', '127.0.0.1.example', 'localhost.example', '128.0.0.1', ''])(
    '%s may be another',
    (host) => {
      expect(isLoopbackHost(host)).toBe(false);
    },
  );
  it('knows IPv4 addresses mapped into IPv6', () => {
    expect(isLoopbackAddress('::ffff:127.0.0.1')).toBe(true);
    expect(isLoopbackAddress('::ffff:192.0.2.1')).toBe(false);
    expect(isLoopbackAddress(undefined)).toBe(false);
  });
});

describe('S13: the token', () => {
  it('lets everyone in when there is none', () => {
    expect(bearsToken(null, undefined)).toBe(true);
  });
  it.each([
    ['Bearer secret', true],
    ['bearer secret', true],
    ['Bearer secre', false],
    ['Bearer secret ', false],
    ['Bearer ', false],
    ['secret', false],
    [undefined, false],
  ])('%s: %s', (header, passes) => {
    expect(bearsToken('secret', header)).toBe(passes);
  });
});

describe('admission', () => {
  const rules: AdmissionRules = { host: '127.0.0.1', token: null, allowedOrigins: ['https://a.example'] };
  const from = (headers: Record<string, string>, url = '/ws'): ReturnType<typeof refuse> =>
    refuse({ headers: { host: '127.0.0.1:1', ...headers }, url }, rules);

  it('S12: passes programs and allowed pages, and no other page', () => {
    expect(from({})).toBeNull();
    expect(from({ origin: 'https://a.example' })).toBeNull();
    expect(from({ origin: 'https://b.example' })).toMatchObject({ status: 403 });
    expect(from({ origin: 'null' })).toMatchObject({ status: 403 });
  });

  it('S12: knows names of this machine with and without a port', () => {
    expect(from({ host: 'localhost' })).toBeNull();
    expect(from({ host: '[::1]:8765' })).toBeNull();
    expect(from({ host: 'rebound.example' })).toMatchObject({ status: 403 });
  });

  it('asks nobody for a known name when it serves a network with a token', () => {
    const network: AdmissionRules = { ...rules, host: '0.0.0.0', token: 'a-token-of-some-length' };
    const request = { headers: { host: 'runner.example' }, url: '/ws' };
    expect(refuse(request, network)).toMatchObject({ status: 401 });
    expect(refuse({ ...request, url: '/health/ready' }, network)).toBeNull();
    expect(refuse({ ...request, url: '/health/../ws' }, network)).toMatchObject({ status: 401 });
    const behindProxy: AdmissionRules = { ...network, host: '127.0.0.1' };
    expect(refuse({ ...request, url: '/health/ready' }, behindProxy)).toBeNull();
    const authorization = 'Bearer a-token-of-some-length';
    expect(refuse({ ...request, headers: { ...request.headers, authorization } }, network)).toBeNull();
  });
});

it('S13: limits a rate, lets a burst pass, and recovers with time', () => {
  let now = 0;
  const limit = rateLimit({ perSecond: 10, burst: 3 }, () => now);
  expect([limit.take(), limit.take(), limit.take(), limit.take()]).toEqual([true, true, true, false]);
  now += 100;
  expect([limit.take(), limit.take()]).toEqual([true, false]);
  now += 60_000;
  expect([limit.take(), limit.take(), limit.take(), limit.take()]).toEqual([true, true, true, false]);
});
