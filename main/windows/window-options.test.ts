import { expect, it } from 'vitest';
import { outputWindowOptions, windowOptions } from './window-options.ts';

it('S2: windows are sandboxed and isolated, without Node, webviews or throttling', () => {
  const bounds = { x: 10, y: 20, width: 1280, height: 820 };
  expect(windowOptions({ preload: '/app/preload.cjs', icon: '/app/icon.png', bounds })).toStrictEqual({
    x: 10,
    y: 20,
    width: 1280,
    height: 820,
    minWidth: 720,
    minHeight: 520,
    title: 'Linkspan',
    icon: '/app/icon.png',
    show: false,
    backgroundColor: '#101418',
    autoHideMenuBar: true,
    webPreferences: {
      preload: '/app/preload.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      backgroundThrottling: false,
    },
  });
});

it('S2: the output window too, and it has no way to main', () => {
  const bounds = { x: 10, y: 20, width: 960, height: 540 };
  const { webPreferences } = windowOptions({ preload: '/app/preload.cjs', icon: '/app/icon.png', bounds });
  const { preload: _none, ...kept } = webPreferences!;
  expect(outputWindowOptions({ icon: '/app/icon.png', bounds, onTop: true })).toStrictEqual({
    ...bounds,
    minWidth: 240,
    minHeight: 135,
    title: 'Linkspan output, kept on top',
    icon: '/app/icon.png',
    alwaysOnTop: true,
    backgroundColor: '#000000',
    autoHideMenuBar: true,
    webPreferences: kept,
  });
});
