import type { TestedApp } from './fixtures/rig.ts';
import { expect, test } from './fixtures/test.ts';
import { launchUnwatched } from './fixtures/unwatched-app.ts';

/** What the page has asked for, noted before its own scripts run. */
interface Noted {
  cameraTracks: MediaStreamTrack[];
  timers: Set<unknown>;
  frames: Set<number>;
}

/** Runs in the page: notes camera tracks, repeating timers and frame callbacks that are still wanted. */
function note(): void {
  const noted: Noted = { cameraTracks: [], timers: new Set(), frames: new Set() };
  Object.assign(globalThis, { noted });
  const devices = navigator.mediaDevices;
  const getUserMedia = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    const stream = await getUserMedia(constraints);
    noted.cameraTracks.push(...stream.getTracks());
    return stream;
  };
  const every = window.setInterval.bind(window);
  const end = window.clearInterval.bind(window);
  const next = window.requestAnimationFrame.bind(window);
  const timers = {
    setInterval: (...args: Parameters<typeof every>) => {
      const timer = every(...args);
      noted.timers.add(timer);
      return timer;
    },
    clearInterval: (timer: Parameters<typeof end>[0]) => {
      noted.timers.delete(timer);
      end(timer);
    },
    requestAnimationFrame: (callback: FrameRequestCallback) => {
      const handle = next((time) => {
        noted.frames.delete(handle);
        callback(time);
      });
      noted.frames.add(handle);
      return handle;
    },
  };
  Object.assign(window, timers);
}

test.describe('an app that was stopped', () => {
  let app: TestedApp;
  test.beforeAll(async ({ rig }) => {
    app = await rig.launch({ user: { route: 'local', source: { kind: 'camera', deviceId: '', label: '' } } });
    await app.page.addInitScript(note);
    await app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]!.webContents.reload(),
    );
    await app.page.waitForFunction(() => Reflect.has(globalThis, 'noted'));
    await app.studio.showsFrames(10);
  });
  test.afterAll(({ rig }) => rig.clear());

  const noted = (): Promise<{ cameras: string[]; timers: number; frames: number }> =>
    app.page.evaluate(() => {
      const { cameraTracks, timers, frames } = Reflect.get(globalThis, 'noted') as Noted;
      return {
        cameras: cameraTracks.map(({ readyState }) => readyState),
        timers: timers.size,
        frames: frames.size,
      };
    });

  test('S16: has let the camera go, shows no frame and lets nothing wake it', async () => {
    const running = await noted();
    expect(running.cameras).toContain('live');
    expect(running.timers).toBeGreaterThan(0);
    await app.studio.part('stop').click();
    await app.studio.part('stopped').waitFor();
    await expect.poll(async () => new Set((await noted()).cameras)).toEqual(new Set(['ended']));
    await expect(app.studio.part('output-video')).toHaveAttribute('data-fps', '0.0');
    await expect.poll(async () => (await noted()).timers).toBe(0);
    await expect.poll(async () => (await noted()).frames).toBe(0);
  });

  test('starts again with the camera', async () => {
    await app.studio.part('start').click();
    await app.studio.showsFrames(10);
    expect((await noted()).cameras.at(-1)).toBe('live');
    await expect(app.studio.part('output-video')).not.toHaveAttribute('data-fps', '0.0');
  });
});

test.describe('a window that nobody sees', () => {
  test.skip(({ layout }) => layout === 'packaged', 'a package lets nobody look into it but Playwright');

  /** Takes that many frames off the output's track, whatever is drawn of it. */
  const takeFrames = (frames: number): string => `(async () => {
    for (;;) {
      const stream = document.querySelector('[data-testid="output-video"]')?.srcObject;
      const shown = document.querySelector('[data-testid="stage"]')?.dataset.scene === 'picture';
      if (!shown || !stream) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        continue;
      }
      const track = stream.getVideoTracks()[0].clone();
      const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
      const stamps = new Set();
      while (stamps.size < ${frames}) {
        const { value } = await reader.read();
        stamps.add(value.timestamp);
        value.close();
      }
      track.stop();
      return stamps.size;
    }
  })()`;

  /** Records the output until so many pieces with something in them have come. */
  const takePieces = (pieces: number): string => `new Promise((resolve) => {
    const stream = document.querySelector('[data-testid="output-video"]').srcObject;
    const recorder = new MediaRecorder(stream);
    let taken = 0;
    recorder.ondataavailable = ({ data }) => {
      if (data.size > 0) taken += 1;
      if (taken < ${pieces} || recorder.state === 'inactive') return;
      recorder.stop();
      resolve(taken);
    };
    recorder.start(200);
  })`;

  test('A63: makes pictures and records them in the tray and minimised', async ({ rig }) => {
    const app = await launchUnwatched({ userData: rig.path('user-data'), env: rig.mark });
    try {
      expect(await app.page.evaluate(takeFrames(10))).toBe(10);
      const withWindow = (what: string): Promise<unknown> =>
        app.main.evaluate(`{
          const [window] = require('electron').BrowserWindow.getAllWindows();
          ${what};
          window.isVisible();
        }`);
      expect(await withWindow('window.close()')).toBe(false);
      expect(await app.page.evaluate(takeFrames(60))).toBe(60);
      expect(await app.page.evaluate(takePieces(5))).toBe(5);
      await withWindow('window.show(); window.minimize()');
      expect(await app.page.evaluate(takeFrames(60))).toBe(60);
    } finally {
      await app.quit();
    }
  });
});
