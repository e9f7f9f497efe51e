import { describe, expect, it } from 'vitest';
import { parseDemoOptions } from './options.ts';

describe('the arguments of npm run demo', () => {
  it('have defaults', () => {
    expect(parseDemoOptions([])).toEqual({ seconds: 26, json: null });
  });

  it('set length and report', () => {
    expect(parseDemoOptions(['--seconds', '40', '--json', 'out.json'])).toEqual({
      seconds: 40,
      json: 'out.json',
    });
  });

  it.each(['14', '601', 'long', ''])('refuse a length of "%s" in words', (seconds) => {
    expect(() => parseDemoOptions(['--seconds', seconds])).toThrow(/from 15 to 600/);
  });

  it('refuse what they do not know', () => {
    expect(() => parseDemoOptions(['--fast'])).toThrow(/--fast/);
  });
});
