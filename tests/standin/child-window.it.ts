import type { ElectronApplication, Page } from '@playwright/test';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildStandin, eventually, launchDemo, scratchFolder, type Scratch } from './launch-demo.ts';

let scratch: Scratch;
let app: ElectronApplication;
let page: Page;

beforeAll(async () => {
  scratch = scratchFolder();
  app = await launchDemo({ dist: buildStandin(scratch.path), userData: path.join(scratch.path, 'data') });
  page = await app.firstWindow();
  await page.waitForFunction(() => document.body?.dataset.ran === 'yes');
});

afterAll(async () => {
  await app?.close();
  scratch[Symbol.dispose]();
});

const windows = (): Promise<number> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

describe('a window that the app lets a page open', () => {
  let child: Page;

  beforeAll(async () => {
    await app.evaluate(({ BrowserWindow }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0]!;
      webContents.on('did-create-window', (window, { url, frameName, options }) =>
        record.notes.push([url, frameName, options.width, window.webContents.opener?.url]),
      );
      webContents.setWindowOpenHandler(({ url, frameName }) =>
        url === 'demo://main/second.html' && frameName === 'second'
          ? {
              action: 'allow',
              overrideBrowserWindowOptions: { width: 500, height: 300, webPreferences: { sandbox: true } },
            }
          : { action: 'deny' },
      );
    });
    const arriving = app.waitForEvent('window');
    // From a timer, so without a gesture.
    const opened = await page.evaluate(
      () =>
        new Promise<boolean>((resolve) => {
          setTimeout(() => resolve(window.open('/second.html', 'second', 'popup') !== null));
        }),
    );
    expect(opened).toBe(true);
    child = await arriving;
    await child.waitForFunction(() => document.title === 'Second page');
  });

  it('is a BrowserWindow with the options of the handler, told to its opener', async () => {
    expect(await app.evaluate(() => record.notes)).toEqual([
      ['demo://main/second.html', 'second', 500, 'demo://main/'],
    ]);
    const handle = await app.browserWindow(child);
    expect(await handle.evaluate((window) => window.getBounds())).toMatchObject({ width: 500, height: 300 });
    await eventually(() => child.evaluate(() => [innerWidth, innerHeight])).toEqual([500, 300]);
    await eventually(() => handle.evaluate((window) => window.getTitle())).toBe('Second page');
  });

  it('has no preload script, and shares objects with its opener', async () => {
    expect(await child.evaluate(() => [typeof demo, window.opener !== null])).toEqual(['undefined', true]);
    await child.evaluate(() => {
      window.opener.fromChild = document;
    });
    expect(await page.evaluate(() => (Reflect.get(window, 'fromChild') as Document).title)).toBe(
      'Second page',
    );
  });

  it('is asked about where it goes like every other', async () => {
    const handle = await app.browserWindow(child);
    await handle.evaluate((window) =>
      window.webContents.on('will-navigate', (event: Electron.Event<{ url: string }>) => {
        record.navigations.push(event.url);
        event.preventDefault();
      }),
    );
    await child.evaluate(() => {
      location.href = 'https://example.invalid/';
    });
    await eventually(() => app.evaluate(() => record.navigations)).toContain('https://example.invalid/');
    expect(await child.evaluate(() => document.title)).toBe('Second page');
  });

  it('is found again by its name, and other names are still denied', async () => {
    const outcomes = await page.evaluate(() => {
      const again = window.open('', 'second');
      const others = [
        window.open('/second.html', 'third'),
        window.open('https://example.invalid/', 'fourth'),
      ];
      return [again?.document.title, ...others.map((other) => other === null)];
    });
    expect(outcomes).toEqual(['Second page', true, true]);
    expect(await windows()).toBe(2);
  });

  it('closes by itself, and when its opener closes', async () => {
    await page.evaluate(() => window.open('', 'second')!.close());
    await eventually(windows).toBe(1);
    const arriving = app.waitForEvent('window');
    await page.evaluate(() => window.open('/second.html', 'second'));
    await arriving;
    await eventually(windows).toBe(2);
    const left = await app.evaluate(({ BrowserWindow }) => {
      const [first] = BrowserWindow.getAllWindows();
      // The demo quits with its last window; one that is not shown keeps it.
      const keeper = new BrowserWindow({ show: false });
      first!.destroy();
      return BrowserWindow.getAllWindows().map(({ id }) => id === keeper.id);
    });
    expect(left).toEqual([true]);
  });
});
