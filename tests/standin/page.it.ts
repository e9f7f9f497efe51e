import type { ElectronApplication, Page } from '@playwright/test';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildStandin, demoApp, launchDemo, scratchFolder, type Scratch } from './launch-demo.ts';

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

describe('the sandbox of a window', () => {
  it('gives the page nothing of Node', async () => {
    const types = await page.evaluate(() => [
      typeof (globalThis as { require?: unknown }).require,
      typeof (globalThis as { process?: unknown }).process,
      typeof (globalThis as { Buffer?: unknown }).Buffer,
    ]);
    expect(types).toEqual(['undefined', 'undefined', 'undefined']);
  });

  it('lets a preload script require electron and events, but no module of Node', async () => {
    const [fs, child, events] = await page.evaluate(() =>
      ['fs', 'node:child_process', 'events'].map((name) => demo.requireOf(name)),
    );
    expect(fs).toEqual({ ok: false, message: 'module not found: fs' });
    expect(child).toEqual({ ok: false, message: 'module not found: node:child_process' });
    expect(events).toEqual({ ok: true, value: 'function' });
  });

  it('throws in the preload script for a member that is not implemented', async () => {
    const attempt = await page.evaluate(() => demo.unknownMember());
    expect(attempt.message).toContain('ipcRenderer.sendSync is not implemented');
  });

  it('refuses an ES module as preload script and reports it', async () => {
    const preload = path.join(demoApp, 'preload-esm.mjs');
    const message = await app.evaluate(async ({ BrowserWindow }, file) => {
      const window = new BrowserWindow({ show: false, webPreferences: { preload: file } });
      const failed = new Promise<string>((resolve) =>
        window.webContents.once('preload-error', (_event, _path, error) => resolve(error.message)),
      );
      await window.loadURL('demo://main/second.html');
      const text = await failed;
      window.destroy();
      return text;
    }, preload);
    expect(message).toContain('Cannot use import statement outside a module');
  });

  it('refuses windows that are not sandboxed and isolated', async () => {
    const messages = await app.evaluate(({ BrowserWindow }) =>
      [{ nodeIntegration: true }, { contextIsolation: false }, { sandbox: false }].map((webPreferences) => {
        try {
          return `made window ${new BrowserWindow({ webPreferences }).id}`;
        } catch (error) {
          return (error as Error).message;
        }
      }),
    );
    for (const message of messages) expect(message).toContain('is refused');
  });
});

describe('IPC', () => {
  it('carries what structured cloning carries, both ways', async () => {
    const same = await page.evaluate(async () => {
      const cyclic: Record<string, unknown> = {
        map: new Map([[1, new Set(['a'])]]),
        date: new Date(5),
        bytes: new Uint8Array([1, 255]),
        big: 10n,
        nothing: undefined,
        zero: -0,
      };
      const { value } = (await demo.echo(cyclic)) as { value: typeof cyclic };
      return [
        (value.map as Map<number, Set<string>>).get(1)?.has('a'),
        (value.date as Date).getTime() === 5,
        [...(value.bytes as Uint8Array)].join() === '1,255',
        value.big === 10n,
        'nothing' in value,
        Object.is(value.zero, -0),
      ];
    });
    expect(same).toEqual([true, true, true, true, true, true]);
  });

  it('refuses what cannot be cloned', async () => {
    expect(await page.evaluate(() => demo.sendFunction())).toEqual({
      ok: false,
      message: 'An object could not be cloned.',
    });
    const message = await app.evaluate(({ BrowserWindow }) => {
      try {
        return String(BrowserWindow.getAllWindows()[0]!.webContents.send('push', () => undefined));
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(message).toBe('Failed to serialize arguments');
  });

  it("tells the handler the frame's address as the app knows it", async () => {
    const { frame, origin } = await page.evaluate(() => demo.echo(1));
    expect([frame, origin]).toEqual(['demo://main/', 'demo://main']);
  });

  it("rejects with Electron's words for a handler that throws and for a channel without one", async () => {
    const messages = await page.evaluate(() =>
      Promise.all([demo.fail(), demo.unknown()].map((call) => call.catch((error: Error) => error.message))),
    );
    expect(messages).toEqual([
      "Error invoking remote method 'fail': TypeError: from the main process",
      "Error invoking remote method 'nobody-handles-this': Error: No handler registered for 'nobody-handles-this'",
    ]);
  });

  it('pushes to the page and carries functions, promises and errors over the bridge', async () => {
    const pushed = page.evaluate(() => new Promise((resolve) => demo.onPush(resolve)));
    await page.evaluate(() => demo.send('ready'));
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]!.webContents.send('push', { n: 1 }),
    );
    expect(await pushed).toEqual({ n: 1 });
    expect(await page.evaluate(() => demo.addLater(1, 2))).toBe(3);
    const thrown = await page.evaluate(() => {
      try {
        return String(demo.throwing());
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(thrown).toBe('from the preload');
  });

  it('passes message ports from the page to main', async () => {
    expect(await page.evaluate(() => demo.openPort())).toEqual({ hello: 1, first: true });
  });

  it('hides the bridge from change', async () => {
    const changed = await page.evaluate(() => {
      const bridge = demo as unknown as Record<string, unknown>;
      return [Reflect.set(bridge, 'echo', 1), Reflect.set(window, 'demo', 1)];
    });
    expect(changed).toEqual([false, false]);
  });
});

describe("the app's own scheme", () => {
  it('lets the response headers act: the page is isolated and its CSP holds', async () => {
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    const blocked = await page.evaluate(
      () =>
        new Promise((resolve) => {
          document.addEventListener('securitypolicyviolation', (event) => resolve(event.violatedDirective));
          const script = document.createElement('script');
          script.textContent = 'document.body.dataset.inline = "ran"';
          document.body.append(script);
        }),
    );
    expect(blocked).toContain('script-src');
    expect(await page.evaluate(() => document.body.dataset.inline)).toBeUndefined();
    await expect(
      page.evaluate(() => fetch('https://example.invalid/').then(() => 'went out')),
    ).rejects.toThrow();
  });

  it('serves workers and the workers of workers, and collects streamed bodies', async () => {
    const answer = await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const worker = new Worker('worker.js', { type: 'module' });
          worker.addEventListener('message', (event) => resolve(event.data));
          worker.addEventListener('error', (event) => reject(new Error(event.message)));
        }),
    );
    expect(answer).toEqual({ mine: 'one two three', nested: 'one two three', isolated: true });
  });

  it('hands binary request bodies over and binary answers back', async () => {
    const bytes = await page.evaluate(async () => {
      const answer = await fetch('/echo', { method: 'POST', body: new Uint8Array([0, 128, 255]) });
      return [...new Uint8Array(await answer.arrayBuffer())];
    });
    expect(bytes).toEqual([0, 128, 255]);
  });

  it('cuts the open end of a byte range, and keeps a closed one', async () => {
    const ranges = await page.evaluate(() =>
      Promise.all(
        ['bytes=0-', 'bytes=10-19'].map(async (range) => {
          const answer = await fetch('/large', { headers: { range } });
          const { byteLength } = await answer.arrayBuffer();
          return [answer.status, byteLength, answer.headers.get('content-range')];
        }),
      ),
    );
    expect(ranges).toEqual([
      [206, 8_388_608, 'bytes 0-8388607/20971520'],
      [206, 10, 'bytes 10-19/20971520'],
    ]);
  });

  it('answers 404 as the app does and fails for a host of a scheme that nobody handles', async () => {
    expect(await page.evaluate(() => fetch('/missing').then(({ status }) => status))).toBe(404);
    const code = await app.evaluate(async ({ BrowserWindow }) => {
      const window = new BrowserWindow({ show: false });
      const failed = await window.loadURL('nothing://here/').catch((error: { code: string }) => error.code);
      window.destroy();
      return failed;
    });
    expect(code).toMatch(/^ERR_/);
  });
});
