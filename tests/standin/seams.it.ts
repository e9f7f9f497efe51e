import type { ElectronApplication } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { standinSeam } from '../../standin/api/standin-seam.ts';
import { buildStandin, launchDemo, scratchFolder, type Scratch } from './launch-demo.ts';

type Seam = { __standin: typeof standinSeam };

/** A transparent pixel. */
const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

let scratch: Scratch;
let app: ElectronApplication;

beforeAll(async () => {
  scratch = scratchFolder();
  app = await launchDemo({ dist: buildStandin(scratch.path), userData: path.join(scratch.path, 'data') });
});

afterAll(async () => {
  await app?.close();
  scratch[Symbol.dispose]();
});

describe('what tests read and press', () => {
  it('shows a tray with image, tooltip and a menu whose items can be clicked', async () => {
    const seen = await app.evaluate((electron, png) => {
      const { Tray, Menu, nativeImage } = electron;
      const clicks: string[] = [];
      const tray = new Tray(nativeImage.createFromDataURL(`data:image/png;base64,${png}`));
      tray.setToolTip('Live');
      tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: 'Start', click: ({ label }) => clicks.push(label) },
          { label: 'Grey', enabled: false, click: () => clicks.push('never') },
          { label: 'Loop', type: 'checkbox' },
        ]),
      );
      tray.on('click', () => clicks.push('tray'));
      const [shown] = (electron as unknown as Seam).__standin.trays;
      const { image, toolTip, menu } = shown!.state;
      for (const item of menu!.items) item.click();
      shown!.emit('click');
      return { clicks, toolTip, size: image.getSize(), checked: menu!.items[2]!.checked };
    }, pixel);
    expect(seen).toEqual({
      clicks: ['Start', 'tray'],
      toolTip: 'Live',
      size: { width: 1, height: 1 },
      checked: true,
    });
  });

  it('shows the application menu and performs roles', async () => {
    const title = await app.evaluate(async ({ Menu, BrowserWindow }) => {
      Menu.setApplicationMenu(
        Menu.buildFromTemplate([{ label: 'View', submenu: [{ id: 'full', role: 'togglefullscreen' }] }]),
      );
      const item = Menu.getApplicationMenu()!.getMenuItemById('full')!;
      const window = BrowserWindow.getAllWindows()[0]!;
      item.click({}, window);
      const entered = window.isFullScreen();
      item.click({}, window);
      return [item.label, entered, window.isFullScreen()];
    });
    expect(title).toEqual(['Toggle Full Screen', true, false]);
  });

  it('answers dialogs from the queue, cancels without, and lets a test replace the function', async () => {
    const answers = await app.evaluate(async (electron) => {
      const { dialog } = electron;
      const { dialogs } = (electron as unknown as Seam).__standin;
      dialogs.openAnswers.push({ canceled: false, filePaths: ['/a.webm'] });
      const first = await dialog.showOpenDialog({ title: 'Pick' });
      const second = await dialog.showOpenDialog({ title: 'Pick again' });
      const message = await dialog.showMessageBox({ message: 'Sure?', buttons: ['Yes', 'No'], cancelId: 1 });
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: ['/b.webm'] });
      const third = await dialog.showOpenDialog({});
      return [first.filePaths, second.canceled, message.response, third.filePaths, dialogs.shown.length];
    });
    expect(answers).toEqual([['/a.webm'], true, 1, ['/b.webm'], 3]);
  });

  it('emits power events, logs external links, and lists notifications', async () => {
    const seen = await app.evaluate(async (electron) => {
      const { powerMonitor, powerSaveBlocker, shell, Notification } = electron;
      const { shell: log, notifications, powerSaveBlockers } = (electron as unknown as Seam).__standin;
      const events: string[] = [];
      powerMonitor.on('suspend', () => events.push('suspend'));
      powerMonitor.emit('suspend');
      await shell.openExternal('https://example.invalid/help');
      const id = powerSaveBlocker.start('prevent-display-sleep');
      const held = powerSaveBlockers.size;
      powerSaveBlocker.stop(id);
      const notification = new Notification({ title: 'Hello', body: 'there' });
      notification.on('click', () => events.push('clicked'));
      notification.show();
      notifications[0]!.emit('click');
      return [events, log.openedUrls, held, powerSaveBlocker.isStarted(id), notifications[0]!.title];
    });
    expect(seen).toEqual([['suspend', 'clicked'], ['https://example.invalid/help'], 1, false, 'Hello']);
  });
});

describe('services of the main process', () => {
  it('has no keyring until a test plays one: encryption is refused or round-trips', async () => {
    const seen = await app.evaluate(async ({ safeStorage }) => {
      const refused = await safeStorage.encryptStringAsync('secret').catch((error: Error) => error.message);
      safeStorage.setUsePlainTextEncryption(true);
      const encrypted = safeStorage.encryptString('secret');
      const { result } = await safeStorage.decryptStringAsync(encrypted);
      const broken = await safeStorage
        .decryptStringAsync(Buffer.from('nonsense'))
        .catch((error: Error) => error.message);
      safeStorage.setUsePlainTextEncryption(false);
      return [refused, encrypted.includes('secret'), result, broken, safeStorage.getSelectedStorageBackend()];
    });
    expect(seen).toEqual([
      expect.stringContaining('Encryption is not available'),
      false,
      'secret',
      expect.stringContaining('does not appear to be encrypted'),
      'basic_text',
    ]);
  });

  it('runs utility processes that talk over parentPort and end with exit codes', async () => {
    const script = path.join(scratch.path, 'utility.cjs');
    writeFileSync(
      script,
      `process.parentPort.on('message', ({ data }) => {
        process.parentPort.postMessage({ doubled: data.n * 2, type: process.type });
        setImmediate(() => process.exit(7));
      });`,
    );
    const seen = await app.evaluate(async ({ utilityProcess }, file) => {
      const child = utilityProcess.fork(file, [], { serviceName: 'test' });
      const answer = new Promise((resolve) => child.once('message', resolve));
      const exit = new Promise((resolve) => child.once('exit', resolve));
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
      child.postMessage({ n: 21 });
      return [await answer, await exit, child.pid];
    }, script);
    expect(seen).toEqual([{ doubled: 42, type: 'utility' }, 7, undefined]);
  });

  it('fetches files and app addresses by net.fetch', async () => {
    const seen = await app.evaluate(
      async ({ net }, file) => {
        const text = await (await net.fetch(file)).text();
        const page = await net.fetch('demo://main/second.html');
        const missing = await net.fetch('file:///nowhere/at/all').catch((error: Error) => error.message);
        return [text.includes('parentPort'), page.headers.get('content-type'), missing];
      },
      `file://${path.join(scratch.path, 'utility.cjs')}`,
    );
    expect(seen).toEqual([true, 'text/html', 'net::ERR_FILE_NOT_FOUND']);
  });

  it('gives the paths, name and version that Electron gives', async () => {
    const seen = await app.evaluate(({ app }) => [
      app.getName(),
      app.getVersion(),
      app.isPackaged,
      app.getPath('userData'),
      app.getPath('logs'),
      app.commandLine.hasSwitch('allow-loopback-in-peer-connection'),
      app.setAsDefaultProtocolClient('demo') && app.isDefaultProtocolClient('demo'),
      process.versions.electron,
      typeof process.versions['standin'], // by which the app tells it from Electron
    ]);
    expect(seen).toEqual([
      'Standin Demo',
      '1.2.3',
      false,
      path.join(scratch.path, 'data'),
      path.join(scratch.path, 'data/logs'),
      true,
      true,
      '45.4.1',
      'string',
    ]);
  });

  it('throws for members, events, options and modules that it lacks, with their names', async () => {
    const messages = await app.evaluate((electron) => {
      const { app, BrowserWindow, shell, TouchBar } = electron;
      const loose = electron as unknown as Record<string, () => unknown>;
      const attempts: (() => unknown)[] = [
        () => app.dock,
        () => shell.readShortcutLink('x'),
        () => app.on('login', () => undefined),
        () => new BrowserWindow({ kiosk: true }),
        () => new TouchBar({}),
        () => loose.inventedModule?.(),
        () => Object.assign(app, { accessibilitySupportEnabled: true }),
      ];
      return attempts.map((attempt) => {
        try {
          return String(attempt());
        } catch (error) {
          return (error as Error).message.replace(/ is not implemented.*/, '');
        }
      });
    });
    expect(messages).toEqual([
      'stand-in: App.dock',
      'stand-in: shell.readShortcutLink',
      "stand-in: App event 'login'",
      "stand-in: BrowserWindow option 'kiosk'",
      'stand-in: TouchBar',
      'stand-in: electron.inventedModule',
      'stand-in: App.accessibilitySupportEnabled (assignment)',
    ]);
  });
});
