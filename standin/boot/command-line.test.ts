import { describe, expect, it } from 'vitest';
import { parseCommandLine } from './command-line.ts';

describe("Electron's command line", () => {
  it("reads Playwright's start: loader, switches, app, the app's own arguments", () => {
    const line = parseCommandLine(
      [
        '-r',
        '/loader.js',
        '--no-sandbox',
        '--inspect=0',
        '--remote-debugging-port=0',
        '/app',
        '--x=a=b',
        'demo://y',
      ],
      false,
    );
    expect(line.requires).toEqual(['/loader.js']);
    expect(line.app).toBe('/app');
    expect(Object.fromEntries(line.switches)).toEqual({
      'no-sandbox': '',
      inspect: '0',
      'remote-debugging-port': '0',
      x: 'a=b',
    });
  });

  it('takes no app and no -r from the command line of a packaged app', () => {
    const line = parseCommandLine(['-r', '/loader.js', 'demo://y'], true);
    expect([line.requires, line.app]).toEqual([[], null]);
  });
});
