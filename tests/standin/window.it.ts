import type { ElectronApplication, Page } from '@playwright/test';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildStandin, eventually, launchDemo, scratchFolder, type Scratch } from './launch-demo.ts';

let scratch: Scratch;
let app: ElectronApplication;
let page: Page;

beforeAll(async () => {
  scratch = scratchFolder();
  app = await launchDemo({
    dist: buildStandin(scratch.path),
    userData: path.join(scratch.path, 'data'),
    args: ['--use-fake-device-for-media-stream'],
  });
  page = await app.firstWindow();
  await page.waitForFunction(() => document.body?.dataset.ran === 'yes');
});

afterAll(async () => {
  await app?.close();
  scratch[Symbol.dispose]();
});

describe('navigation', () => {
  it('asks will-navigate about navigations of the page, and obeys', async () => {
    await page.click('#away');
    await eventually(() => app.evaluate(() => record.navigations)).toEqual(['https://example.invalid/']);
    expect(await page.evaluate(() => document.title)).toBe('Demo page');
    await page.click('#within');
    await eventually(() => page.title()).toBe('Second page');
    expect(await app.evaluate(() => record.navigations)).toContain('demo://main/second.html');
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.loadURL('demo://main/'));
    // Playwright hears of the load on a connection of its own.
    await eventually(() => page.title()).toBe('Demo page');
    expect(await app.evaluate(() => record.navigations)).toHaveLength(2);
  });

  it('denies windows that scripts open, and tells the handler what was asked for', async () => {
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]!.webContents.setWindowOpenHandler((details) => {
        record.opened.push(details.url);
        return { action: 'deny' };
      }),
    );
    const opened = await page.evaluate(() => [
      window.open('https://example.invalid/') === null,
      window.open('/second.html', '_blank', 'noopener') === null,
    ]);
    expect(opened).toEqual([true, true]);
    await eventually(() => app.evaluate(() => record.opened)).toEqual([
      'https://example.invalid/',
      'demo://main/second.html',
    ]);
  });

  it.each(['opener', 'noopener'])(
    'denies windows that links open (%s), and lets nothing load',
    async (rel) => {
      const before = await app.evaluate(() => [record.opened.length, record.requests.length]);
      await page.evaluate((relation) => {
        const link = Object.assign(document.createElement('a'), { href: '/second.html', target: '_blank' });
        link.rel = relation;
        document.body.append(link);
        link.click();
      }, rel);
      await eventually(() => app.evaluate(() => record.opened.length)).toBe(before[0]! + 1);
      await eventually(() => app.context().pages().length).toBe(1);
      expect(await page.evaluate(() => document.readyState)).toBe('complete');
      expect(await app.evaluate(() => record.requests.length)).toBe(before[1]);
    },
  );

  it("closes windows that a frame's own open makes, without stopping the page", async () => {
    const before = await app.evaluate(() => record.opened.length);
    const attempts = 10; // closed while they wait for a debugger, one in a few hung the page
    for (let attempt = 0; attempt < attempts; attempt += 1)
      await page.evaluate(() => {
        const frame = document.body.appendChild(document.createElement('iframe'));
        frame.contentWindow!.open('https://example.invalid/');
      });
    await eventually(() => app.evaluate(() => record.opened.length)).toBe(before + attempts);
    await eventually(() => app.context().pages().length).toBe(1);
    expect(await page.evaluate(() => document.readyState)).toBe('complete');
  });

  it('keeps the title of the page', async () => {
    const title = (): Promise<string> =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getTitle());
    await page.evaluate(() => (document.title = 'Changed'));
    await eventually(title).toBe('Changed');
  });
});

describe('permissions', () => {
  it('asks the request handler for the camera, and refuses without its consent', async () => {
    const camera = (): Promise<string> =>
      page.evaluate(() =>
        navigator.mediaDevices.getUserMedia({ video: true }).then(
          (stream) => stream.getVideoTracks()[0]!.label,
          (error: Error) => error.name,
        ),
      );
    expect(await camera()).toBe('NotAllowedError');
    await app.evaluate(() => record.grant.push('media'));
    expect(await camera()).toContain('fake_device');
    const asked = await app.evaluate(() =>
      record.permissions.filter(({ permission }) => permission === 'media'),
    );
    expect(asked[0]).toMatchObject({ mediaTypes: ['video'], requestingUrl: 'demo://main/' });
  });

  it('lets the check handler decide what the page may query, for the origin it knows', async () => {
    const states = await page.evaluate(() =>
      Promise.all(
        (['geolocation', 'camera', 'loopback-network'] as PermissionName[]).map(
          async (name) => (await navigator.permissions.query({ name })).state,
        ),
      ),
    );
    expect(states).toEqual(['denied', 'granted', 'granted']);
    expect(await app.evaluate(() => record.checks[0]?.origin)).toBe('demo://main/');
  });

  it('gives a display picture only through the display media handler', async () => {
    const capture = (): Promise<string> =>
      page.evaluate(() =>
        navigator.mediaDevices.getDisplayMedia({ video: true }).then(
          (stream) => `picture ${stream.getVideoTracks()[0]!.getSettings().width! > 0}`,
          (error: Error) => error.name,
        ),
      );
    await app.evaluate(() => record.grant.push('display-capture'));
    expect(await capture()).toBe('NotSupportedError');
    await app.evaluate(({ session, desktopCapturer }) => {
      session.defaultSession.setDisplayMediaRequestHandler((_request, answer) => {
        void desktopCapturer.getSources({ types: ['screen'] }).then(([video]) => answer({ video: video! }));
      });
    });
    expect(await capture()).toBe('picture true');
    await app.evaluate(({ session }) =>
      session.defaultSession.setDisplayMediaRequestHandler((_request, answer) => answer(null)),
    );
    expect(await capture()).toBe('NotAllowedError');
  });

  it('asks for full screen and for a location', async () => {
    const outcomes = await page.evaluate(async () => [
      await document.documentElement.requestFullscreen().then(
        () => 'entered',
        (error: Error) => error.name,
      ),
      await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(resolve, (error) => resolve(error.code)),
      ),
    ]);
    expect(outcomes).toEqual(['TypeError', 1]);
  });
});

describe('the state of a window', () => {
  const state = (): Promise<number[]> => page.evaluate(() => [innerWidth, innerHeight]);

  it('gives the page the size of the window, in full screen that of the display', async () => {
    expect(await state()).toEqual([900, 640]);
    const events = await app.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows()[0]!;
      const seen: string[] = [];
      window.on('enter-full-screen', () => seen.push('enter'));
      window.on('leave-full-screen', () => seen.push('leave'));
      window.setFullScreen(true);
      return seen;
    });
    await eventually(state).toEqual([1280, 800]);
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.setFullScreen(false));
    await eventually(state).toEqual([900, 640]);
    expect(events).toEqual(['enter']);
  });

  it('hides on close when the app says so, and keeps its bounds', async () => {
    const seen = await app.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows()[0]!;
      window.setBounds({ x: 10, y: 20, width: 700, height: 500 });
      window.once('close', (event) => {
        event.preventDefault();
        window.hide();
      });
      window.close();
      const hidden = [window.isDestroyed(), window.isVisible()];
      window.show();
      return [...hidden, window.isVisible(), window.isFocused(), window.getBounds()];
    });
    expect(seen).toEqual([false, false, true, true, { x: 10, y: 20, width: 700, height: 500 }]);
    await eventually(state).toEqual([700, 500]);
  });

  it('follows nativeTheme', async () => {
    await app.evaluate(({ nativeTheme }) => (nativeTheme.themeSource = 'dark'));
    const isDark = (): Promise<boolean> =>
      page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
    await eventually(isDark).toBe(true);
    await app.evaluate(({ nativeTheme }) => (nativeTheme.themeSource = 'light'));
    await eventually(isDark).toBe(false);
  });

  it('takes several windows, finds each from its page and closes one without the other', async () => {
    const arriving = app.waitForEvent('window');
    await app.evaluate(async () => {
      const open = (globalThis as unknown as { openWindow: () => Electron.BrowserWindow }).openWindow;
      await open().loadURL('demo://main/second.html');
    });
    const second = await arriving;
    const handle = await app.browserWindow(second);
    expect(await handle.evaluate((window) => window.webContents.getURL())).toBe('demo://main/second.html');
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(2);
    await handle.evaluate((window) => window.close());
    await eventually(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    expect(await page.title()).toBe('Changed');
  });

  it('reports a crashed renderer and loads it again', async () => {
    const [reason, title] = await app.evaluate(async ({ BrowserWindow }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0]!;
      const gone = new Promise<string>((resolve) =>
        webContents.once('render-process-gone', (_event, details) => resolve(details.reason)),
      );
      webContents.forcefullyCrashRenderer();
      const cause = await gone;
      const loaded = new Promise<void>((resolve) => webContents.once('did-finish-load', () => resolve()));
      webContents.reload();
      await loaded;
      return [cause, await webContents.executeJavaScript('demo.echo(7).then(({ value }) => value)')] as const;
    });
    expect([reason, title]).toEqual(['crashed', 7]);
    expect(await app.evaluate(() => record.gone.map((entry) => entry.reason))).toEqual(['crashed']);
  });
});
