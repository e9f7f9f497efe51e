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
type OpenHandler = (details: { url: string }) => { action: string };

/** A web contents, as far as the guards look at it. */
class FakeContents extends EventEmitter {
  openHandler: OpenHandler = () => ({ action: 'allow' });

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }
}

function guardedContents(): FakeContents {
  const app = new EventEmitter();
  // Electron's `App` has hundreds of members; the guards use `on` alone.
  guardNavigation(app as unknown as Electron.App, quiet);
  const contents = new FakeContents();
  app.emit('web-contents-created', {}, contents);
  return contents;
}

beforeEach(() => void opened.splice(0));

describe('S5: the page stays the page', () => {
  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    '%s is refused',
    (name) => {
      for (const url of ['https://evil.example/', 'app://bundle/index.html', 'file:///etc/passwd']) {
        const event = { url, preventDefault: vi.fn() };
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

  it('S6: only an allowed address of a denied window goes to the system’s browser', () => {
    const contents = guardedContents();
    for (const url of ['https://linkspan.invalid/docs', 'https://evil.example/', 'file:///x', 'ms-msdt:/id'])
      contents.openHandler({ url });
    expect(opened).toEqual(['https://linkspan.invalid/docs']);
  });
});
