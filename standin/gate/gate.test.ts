import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { electronUsage } from './electron-usage.ts';
import { lackingInStandin } from './lacking.ts';

const config = path.resolve(import.meta.dirname, '../../tsconfig.node.json');
/** One compiler start and a walk over main/ and preload/, on a machine with other things to do. */
const timeoutMs = 120_000;

describe('the gate between the product and the stand-in', () => {
  it(
    'finds every Electron member, event and option of main/ and preload/ in the stand-in',
    () => {
      const uses = electronUsage(config, ['main', 'preload']);
      expect(uses.length).toBeGreaterThan(50);
      expect(lackingInStandin(uses)).toEqual([]);
    },
    timeoutMs,
  );

  it(
    'names a member, event, option and module that the stand-in lacks, however they are reached',
    () => {
      const lacking = lackingInStandin(electronUsage(config, ['standin/gate/planted']));
      expect(lacking.map((line) => line.replace(/ \(.*\)$/, ''))).toEqual([
        'event App.login',
        'event PowerMonitor.invented-event',
        'event WebContents.context-menu',
        'member App.getGPUInfo',
        'member BaseWindow.contentView',
        'member BaseWindowConstructorOptions.kiosk',
        'member BrowserWindow.setVibrancy',
        'member PowerMonitor.inventedMember',
        'member WebPreferences.zoomFactor',
        'module electron.TouchBar',
      ]);
    },
    timeoutMs,
  );
});
