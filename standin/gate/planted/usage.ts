import { app, BrowserWindow, powerMonitor, TouchBar } from 'electron';

/** Uses that the stand-in does not have, for the gate's own test. Never run. */
export function planted(): unknown {
  const window = new BrowserWindow({ kiosk: true, webPreferences: { zoomFactor: 2 } });
  window.setVibrancy('menu');
  window.webContents.on('context-menu', () => void app.getGPUInfo('basic'));
  const { contentView: renamed } = window;
  app.on('login', () => renamed);
  return [watch(powerMonitor), TouchBar];
}

/** An interface of our own around an Electron object, as main/app/power-events.ts has. */
interface Source {
  inventedMember?: number;
  on(event: 'suspend' | 'invented-event', listener: () => void): unknown;
}

function watch(source: Source): unknown {
  return source.on('suspend', () => undefined);
}
