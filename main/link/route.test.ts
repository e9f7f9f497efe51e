import { describe, expect, it } from 'vitest';
import type { LinkTarget } from './host.ts';
import { Route } from './route.ts';

const home = 'wss://home.example.com/ws';
const away = { name: 'away', url: 'wss://away.example.com/ws', token: ' other ' };
const target = (more: Partial<LinkTarget> = {}): LinkTarget => ({
  name: 'home',
  url: home,
  token: ' secret\n',
  userId: 'u1',
  pipelineId: 'sketch',
  parameters: {},
  ...more,
});
const ticket = { url: home, token: 'ticket', endpoint: home };

describe('a route', () => {
  it('lists the endpoint first, then those to fall back to, without blanks around the tokens', () => {
    const route = new Route(target({ fallbacks: [away] }));
    expect(route.places).toEqual([
      { name: 'home', url: home, token: 'secret' },
      { name: 'away', url: away.url, token: 'other' },
    ]);
    expect(new Route(target({ token: '  ' })).place(0).token).toBeNull();
  });

  it('A21: sends nothing to a fallback that was taken off the list, but stays where it is', () => {
    const far = { name: 'far', url: 'wss://far.example.com/ws', token: null };
    const route = new Route(target({ fallbacks: [away, far] }));
    route.setFallbacks([far], 0);
    expect(route.places.map(({ url }) => url)).toEqual([home, home, far.url]);
    route.setFallbacks([], 2);
    expect(route.place(2).url).toBe(far.url);
    expect(route.secrets).not.toContain('other');
    route.setFallbacks([away], 2);
    expect(route.places.map(({ url }) => url)).toEqual([home, home, far.url, away.url]);
  });

  it('has a copy of what it was given', () => {
    const given = target({ fallbacks: [{ ...away }], resume: { ...ticket } });
    const route = new Route(given);
    Object.assign(given.fallbacks![0]!, { url: 'wss://evil.example.com/ws' });
    Object.assign(given.resume!, { token: 'other' });
    expect(route.place(1).url).toBe(away.url);
    expect(route.ticket?.token).toBe('ticket');
  });

  it('uses a ticket of its own endpoint alone, and only there', () => {
    const route = new Route(target({ resume: ticket, fallbacks: [away] }));
    expect(route.present(route.place(0))).toEqual(ticket);
    expect(route.present(route.place(1))).toBeNull();
    expect(new Route(target({ resume: { ...ticket, endpoint: away.url } })).ticket).toBeNull();
  });

  it('knows all secrets: tokens of all places, and the ticket', () => {
    const route = new Route(target({ resume: ticket, fallbacks: [away] }));
    expect(route.secrets).toEqual(['secret', 'other', 'ticket']);
    route.ticket = null;
    expect(route.secrets).toEqual(['secret', 'other']);
  });

  it.each<[string, Partial<LinkTarget>, boolean]>([
    ['nothing', { token: 'secret' }, true],
    ['the name', { name: 'another' }, true],
    ['pipeline and parameters', { pipelineId: 'thermal', parameters: { gain: 1 } }, true],
    ['what to fall back to', { fallbacks: [away] }, true],
    ['the address', { url: away.url }, false],
    ['the token', { token: 'new' }, false],
    ['the user', { userId: 'u2' }, false],
  ])('with another %s leads to the same endpoint: %s', (_, more, same) => {
    expect(new Route(target()).leadsAsDoes(new Route(target(more)))).toBe(same);
  });

  it('goes to the endpoint that a leaving runner names, with the token of the runner that vouches for it', () => {
    const route = new Route(target({ fallbacks: [away] }));
    expect(route.indexOfNamed(0, 'wss://new.example.com/ws')).toBe(2);
    expect(route.place(2)).toEqual({
      name: 'new.example.com',
      url: 'wss://new.example.com/ws',
      token: 'secret',
    });
    expect(route.indexOfNamed(0, 'wss://new.example.com/ws')).toBe(2);
    expect(route.indexOfNamed(0, away.url)).toBe(1);
    expect(route.places).toHaveLength(3);
  });

  it.each([undefined, '', 'ws://new.example.com/ws', 'ftp://new.example.com', 'not an address'])(
    'S1: goes nowhere that a leaving runner names as %j',
    (named) => {
      const route = new Route(target());
      expect(route.indexOfNamed(0, named)).toBeNull();
      expect(route.places).toHaveLength(1);
    },
  );

  it('watches the port only where nothing listened at the last try', () => {
    const route = new Route(target());
    expect(route.refusedAt(0)).toBeNull();
    route.endOf({ kind: 'unreachable', code: 'ECONNREFUSED' }, null);
    expect(route.refusedAt(0)).toBe(home);
    route.endOf({ kind: 'unreachable', code: 'EHOSTUNREACH' }, null);
    expect(route.refusedAt(0)).toBeNull();
    route.endOf({ kind: 'unreachable', code: 'ECONNREFUSED' }, null);
    route.forgetFault();
    expect(route.refusedAt(0)).toBeNull();
  });
});
