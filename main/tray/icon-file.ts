import type { TrayIcon } from './tray-model.ts';

/**
 * File of a tray icon, without a folder. Its `@2x` brother lies beside it, where Electron looks.
 *
 * macOS takes a template and colours it itself; elsewhere the theme decides which of two stands out.
 */
export function iconFile(icon: TrayIcon, platform: string, isDark: boolean): string {
  if (platform === 'darwin') return `${icon}Template.png`;
  return `${icon}-${isDark ? 'on-dark' : 'on-light'}.png`;
}
