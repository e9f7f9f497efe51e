import type { TestedApp } from './fixtures/rig.ts';
import { expect, test } from './fixtures/test.ts';

test.describe('the page', () => {
  let app: TestedApp;
  test.beforeAll(async ({ rig }) => {
    app = await rig.launch();
    await app.studio.part('stage').waitFor();
  });
  test.afterAll(({ rig }) => rig.clear());

  test('S2: has no Node', async () => {
    const kinds = await app.page.evaluate(() => [
      typeof Reflect.get(globalThis, 'require'),
      typeof Reflect.get(globalThis, 'process'),
      typeof Reflect.get(globalThis, 'module'),
      typeof Reflect.get(globalThis, 'Buffer'),
    ]);
    expect(kinds).toEqual(['undefined', 'undefined', 'undefined', 'undefined']);
  });

  test('S3: is denied what it has no use for', async () => {
    const outcome = await app.page.evaluate(async () => {
      const location = await new Promise<number>((resolve) => {
        navigator.geolocation.getCurrentPosition(
          () => resolve(0),
          (error) => resolve(error.code),
        );
      });
      const sound = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'given',
        (error: DOMException) => error.name,
      );
      return { location, sound, permissionDenied: GeolocationPositionError.PERMISSION_DENIED };
    });
    expect(outcome.location).toBe(outcome.permissionDenied);
    expect(outcome.sound).toBe('NotAllowedError');
  });

  test('S4: runs no script that is written into it', async () => {
    const violation = await app.page.evaluate(async () => {
      const seen = new Promise<{ directive: string; blocked: string }>((resolve) => {
        document.addEventListener(
          'securitypolicyviolation',
          (event) => resolve({ directive: event.effectiveDirective, blocked: event.blockedURI }),
          { once: true },
        );
      });
      const script = document.createElement('script');
      script.textContent = 'globalThis.wasInjected = true';
      document.body.append(script);
      const { directive, blocked } = await seen;
      script.remove();
      return { directive, blocked, ran: Reflect.has(globalThis, 'wasInjected') };
    });
    expect(violation).toEqual({ directive: 'script-src-elem', blocked: 'inline', ran: false });
  });

  test('S4: makes no code of text, and reaches no other server', async () => {
    const outcome = await app.page.evaluate(async () => {
      const fetched = await fetch('http://127.0.0.1:9/').then(
        () => 'answered',
        (error: Error) => error.name,
      );
      const made = await new Promise<string>((resolve) => {
        // In a task of its own: what the debugger evaluates may do this, what it leads to may not.
        setTimeout(() => {
          try {
            resolve(String(Reflect.construct(Function, ['return 1'])()));
          } catch (error) {
            resolve((error as Error).name);
          }
        });
      });
      return { made, fetched };
    });
    expect(outcome).toEqual({ made: 'EvalError', fetched: 'TypeError' });
  });

  test('is isolated from other origins, as WebAssembly threads need', async () => {
    expect(await app.page.evaluate(() => crossOriginIsolated)).toBe(true);
  });

  test('S5: cannot be led elsewhere', async () => {
    const { electron, page } = app;
    const before = page.url();
    // Listening has to have begun before the page is asked to leave: both go over connections of their own.
    const asked = await electron.evaluateHandle(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      const refusal = new Promise<{ url: string; refused: boolean }>((resolve) => {
        window?.webContents.once('will-frame-navigate', (event) =>
          resolve({ url: event.url, refused: event.defaultPrevented }),
        );
      });
      return { refusal };
    });
    await page.evaluate(() => {
      location.href = 'https://elsewhere.example/';
    });
    expect(await asked.evaluate(({ refusal }) => refusal)).toEqual({
      url: 'https://elsewhere.example/',
      refused: true,
    });
    expect(page.url()).toBe(before);
    await expect(app.studio.part('stage')).toBeVisible();
  });

  test('S5: opens no window', async () => {
    const opened = await app.page.evaluate(() => window.open('https://elsewhere.example/') !== null);
    expect(opened).toBe(false);
    const windows = await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    expect(windows).toBe(1);
  });

  test('S8: gets nothing but its own folder', async () => {
    const statuses = await app.page.evaluate(async () => {
      const places = ['/..%2fpackage.json', '/%2e%2e/main/index.js', '/media/%2fetc%2fpasswd'];
      return Promise.all(places.map((place) => fetch(place).then(({ status }) => status)));
    });
    for (const status of statuses) expect(status).toBeGreaterThanOrEqual(400);
  });
});
