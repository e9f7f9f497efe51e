import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';

const opened: string[] = [];
vi.mock('electron', () => ({
  shell: {
    openExternal: (address: string) => {
      opened.push(address);
      return Promise.resolve();
    },
  },
}));

const { guardNavigation } = await import('./navigation-guards.ts');
const quiet = { info: vi.fn(), warn: vi.fn(), error: vi.fn(), file: '' };
type OpenHandler = (details: { url: string; frameName?: string; features?: string }) => { action: string };

/** A web contents, as far as the guards look at it. */
class FakeContents extends EventEmitter {
  opener: object | null = null;
  openHandler: OpenHandler = () => ({ action: 'allow' });

  getURL(): string {
    return 'app://bundle/index.html';
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }
}

const outputOptions = { width: 960 };

function guardedContents(options: object | null = outputOptions): FakeContents {
  const app = new EventEmitter();
  // Electron's `App` has hundreds of members; the guards use `on` alone.
  guardNavigation(app as unknown as Electron.App, quiet, () => options);
  const contents = new FakeContents();
  app.emit('web-contents-created', {}, contents);
  return contents;
}

beforeEach(() => void opened.splice(0));

describe('S5: the page stays the page', () => {
  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    '%s is refused',
    (name) => {
      for (const url of [
        'https://evil.example/',
        'app://bundle/index.html',
        'app://bundle/output.html',
        'file:///etc/passwd',
      ]) {
        const event = { url, isMainFrame: true, preventDefault: vi.fn() };
        guardedContents().emit(name, event, {}, { src: url });
        expect(event.preventDefault).toHaveBeenCalledOnce();
      }
    },
  );

  it('a new window is denied, whatever it would show', () => {
    const contents = guardedContents();
    for (const url of ['https://linkspan.invalid/', 'https://evil.example/', 'about:blank'])
      expect(contents.openHandler({ url })).toEqual({ action: 'deny' });
  });

  it('but for the output window, which is made as main says, and once', () => {
    const asked = { url: 'app://bundle/output.html', frameName: 'linkspan-output', features: 'popup' };
    expect(guardedContents().openHandler(asked)).toEqual({
      action: 'allow',
      overrideBrowserWindowOptions: outputOptions,
    });
    expect(guardedContents(null).openHandler(asked)).toEqual({ action: 'deny' });
    expect(guardedContents().openHandler({ ...asked, frameName: 'other' })).toEqual({ action: 'deny' });
    expect(opened).toEqual([]);
  });

  it('and that one goes to its own page alone, and opens none itself', () => {
    const contents = guardedContents();
    contents.opener = {};
    const refused = (name: string, url: string, isMainFrame = true): boolean => {
      const event = { url, isMainFrame, preventDefault: vi.fn() };
      contents.emit(name, event);
      return event.preventDefault.mock.calls.length > 0;
    };
    const page = 'app://bundle/output.html';
    for (const name of ['will-navigate', 'will-frame-navigate']) {
      expect(refused(name, page)).toBe(false);
      expect(refused(name, 'app://bundle/index.html')).toBe(true);
      expect(refused(name, 'https://evil.example/')).toBe(true);
    }
    expect(refused('will-frame-navigate', page, false)).toBe(true);
    const asked = { url: page, frameName: 'linkspan-output', features: 'popup' };
    expect(contents.openHandler(asked)).toEqual({ action: 'deny' });
  });

  it('S6: only an allowed address of a denied window goes to the system’s browser', () => {
    const contents = guardedContents();
    for (const url of ['https://linkspan.invalid/docs', 'https://evil.example/', 'file:///x', 'ms-msdt:/id'])
      contents.openHandler({ url });
    expect(opened).toEqual(['https://linkspan.invalid/docs']);
  });
});
