import type { Page } from '@playwright/test';
import type { TestedApp } from './fixtures/rig.ts';
import { expect, test } from './fixtures/test.ts';

test.describe('the clean output window', () => {
  let app: TestedApp;
  let output: Page;

  test.beforeAll(async ({ rig }) => {
    app = await rig.launch({ user: { route: 'local' } });
    await app.studio.showsFrames(3);
    output = await open();
  });
  test.afterAll(({ rig }) => rig.clear());

  async function open(): Promise<Page> {
    const arriving = app.electron.waitForEvent('window');
    await app.studio.part('output-window').click();
    const page = await arriving;
    await page.getByTestId('clean-output').waitFor();
    return page;
  }

  /** Waits for that many frames more, counted from now on. */
  const showsFrames = (page: Page, frames: number): Promise<void> =>
    page.evaluate(
      (wanted) =>
        new Promise<void>((resolve) => {
          const video = document.querySelector('video')!;
          let left = wanted;
          const count = (): void => {
            left -= 1;
            if (left <= 0) resolve();
            else video.requestVideoFrameCallback(count);
          };
          video.requestVideoFrameCallback(count);
        }),
      frames,
    );

  /** What main says of it; null when there is none. */
  const inMain = (): Promise<{ fullScreen: boolean; onTop: boolean; title: string } | null> =>
    app.electron.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.opener !== null);
      if (!window) return null;
      const [fullScreen, onTop] = [window.isFullScreen(), window.isAlwaysOnTop()];
      return { fullScreen, onTop, title: window.getTitle() };
    });

  test('shows the frames of the main window’s output, by the same track', async () => {
    await showsFrames(output, 10);
    const same = await output.evaluate(() => {
      const trackOf = (video: HTMLVideoElement): string =>
        (video.srcObject as MediaStream).getVideoTracks()[0]!.id;
      const theirs = window.opener.document.querySelector('[data-testid="output-video"]');
      return trackOf(document.querySelector('video')!) === trackOf(theirs);
    });
    expect(same).toBe(true);
    await expect(app.studio.part('output-window')).toHaveAttribute('aria-pressed', 'true');
    // Nothing else is drawn.
    expect(await output.evaluate(() => document.body.innerText.trim())).toBe('');
  });

  test('S2: has neither Node nor a bridge to main', async () => {
    const kinds = await output.evaluate(() =>
      ['bridge', 'require', 'process', 'module'].map((name) => typeof Reflect.get(globalThis, name)),
    );
    expect(kinds).toEqual(['undefined', 'undefined', 'undefined', 'undefined']);
  });

  test('S4: has the policy of the app’s page', async () => {
    const directive = await output.evaluate(async () => {
      const seen = new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
          once: true,
        });
      });
      const script = document.createElement('script');
      script.textContent = '1';
      document.body.append(script);
      script.remove();
      return seen;
    });
    expect(directive).toBe('script-src-elem');
  });

  test('S5: is the only one, goes nowhere else, and opens none', async () => {
    const fromMain = await app.page.evaluate(() => [
      window.open('./output.html', 'another', 'popup'),
      window.open('./index.html', 'linkspan-second', 'popup'),
      window.open('https://elsewhere.example/', 'linkspan-elsewhere'),
    ]);
    expect(fromMain).toEqual([null, null, null]);
    const fromOutput = await output.evaluate(() => window.open('./output.html', 'third', 'popup'));
    expect(fromOutput).toBeNull();
    const before = output.url();
    const asked = await app.electron.evaluateHandle(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.opener !== null);
      const refusal = new Promise<boolean>((resolve) => {
        window?.webContents.once('will-frame-navigate', (event) => resolve(event.defaultPrevented));
      });
      return { refusal };
    });
    await output.evaluate(() => {
      location.href = './index.html';
    });
    expect(await asked.evaluate(({ refusal }) => refusal)).toBe(true);
    expect(output.url()).toBe(before);
    const windows = await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    expect(windows).toBe(2);
    await showsFrames(output, 3);
  });

  test('fills the screen by F and by a double click, and leaves it by Esc', async () => {
    const fullScreen = async (): Promise<boolean | undefined> => (await inMain())?.fullScreen;
    await output.keyboard.press('f');
    await expect.poll(fullScreen).toBe(true);
    await output.keyboard.press('Escape');
    await expect.poll(fullScreen).toBe(false);
    await output.getByTestId('clean-output').dblclick();
    await expect.poll(fullScreen).toBe(true);
    await output.getByTestId('clean-output').dblclick();
    await expect.poll(fullScreen).toBe(false);
  });

  test('stays on top by T, and remembers that and where it was', async () => {
    expect(await inMain()).toMatchObject({ onTop: false, title: 'Linkspan output' });
    await output.keyboard.press('t');
    await expect.poll(async () => (await inMain())?.onTop).toBe(true);
    const place = { x: 40, y: 60, width: 640, height: 360 };
    await app.electron.evaluate(({ BrowserWindow }, bounds) => {
      const window = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.opener !== null);
      window!.setBounds(bounds);
    }, place);
    // Not by Playwright's keyboard: the window is gone before the key is up again.
    await output.evaluate(() => {
      setTimeout(() => dispatchEvent(new KeyboardEvent('keydown', { key: 'w' })));
    });
    await expect.poll(inMain).toBeNull();
    await expect(app.studio.part('output-window')).toHaveAttribute('aria-pressed', 'false');
    output = await open();
    expect(await inMain()).toMatchObject({ onTop: true, title: 'Linkspan output, kept on top' });
    const bounds = await app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .find(({ webContents }) => webContents.opener !== null)!
        .getBounds(),
    );
    expect(bounds).toEqual(place);
    await showsFrames(output, 3);
  });

  test('goes on while the main window is in the tray', async () => {
    const shown = await app.electron.evaluate(({ BrowserWindow }) => {
      const main = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.opener === null)!;
      main.close();
      return main.isVisible();
    });
    expect(shown).toBe(false);
    await showsFrames(output, 10);
    await app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .find(({ webContents }) => webContents.opener === null)!
        .show(),
    );
  });

  test('is black while nothing runs, and gets its picture again', async () => {
    const given = (): Promise<boolean> =>
      output.evaluate(() => document.querySelector('video')!.srcObject !== null);
    await app.studio.part('stop').click();
    await expect.poll(given).toBe(false);
    await app.studio.part('start').click();
    await expect.poll(given).toBe(true);
    await showsFrames(output, 3);
  });

  test('A65: is taken up again by a main window that was loaded anew', async () => {
    await app.page.evaluate(() => (document.title = 'the one before'));
    await app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .find(({ webContents }) => webContents.opener === null)!
        .webContents.reload(),
    );
    await app.page.waitForFunction(() => document.title !== 'the one before');
    await app.studio.showsFrames(3);
    await showsFrames(output, 10);
    await expect(app.studio.part('output-window')).toHaveAttribute('aria-pressed', 'true');
  });

  test('closes by the menu’s word, and with the app', async () => {
    const chosen = (): Promise<void> =>
      app.electron.evaluate(({ Menu }) =>
        Menu.getApplicationMenu()!.getMenuItemById('output-window')!.click(),
      );
    await chosen();
    await expect.poll(inMain).toBeNull();
    const arriving = app.electron.waitForEvent('window');
    await chosen();
    await showsFrames(await arriving, 3);
    await app.quit();
    await app.ended;
  });
});
