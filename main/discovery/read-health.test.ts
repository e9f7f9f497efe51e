import { describe, expect, it } from 'vitest';
import { portsToAsk } from './ports-to-ask.ts';
import { readHealth } from './read-health.ts';

const said = {
  status: 'ok',
  name: 'linkspan-runner',
  id: 'b5c1',
  state: 'serving',
  version: '0.1.0',
  uptime_s: 3,
  slots: { total: 2, free: 1 },
};

describe('what a runner says of itself', () => {
  it('is read, whatever else it may say', () => {
    const text = JSON.stringify({ ...said, mood: 'good' });
    expect(readHealth(text)).toEqual({ id: 'b5c1', version: '0.1.0', slots: { total: 2, free: 1 } });
  });

  it.each([
    ['no JSON', '<html>'],
    ['null', 'null'],
    ['another service', JSON.stringify({ ...said, name: 'some-database' })],
    ['no id', JSON.stringify({ ...said, id: '' })],
    ['a version that is a sentence', JSON.stringify({ ...said, version: 'click here' })],
    ['half a slot', JSON.stringify({ ...said, slots: { total: 0.5, free: 0 } })],
  ])('is not read from %s', (_what, text) => {
    expect(readHealth(text)).toBeNull();
  });
});

describe('where runners are looked for', () => {
  it('is the usual port, another in a test, and where npm start has put one', () => {
    expect(portsToAsk(null, null)).toEqual([8765]);
    expect(portsToAsk(4001, null)).toEqual([4001]);
    expect(portsToAsk(4001, 'ws://127.0.0.1:4000/ws')).toEqual([4001, 4000]);
    expect(portsToAsk(null, 'ws://127.0.0.1:8765/ws')).toEqual([8765]);
    expect(portsToAsk(null, 'nonsense')).toEqual([8765]);
  });
});
