import { Notification } from 'electron';
import type { SettingsStore } from '../settings/settings-store.ts';

/** Says once, when the window is closed for the first time, that the app goes on in the tray. */
export function tellAboutTray(settings: SettingsStore): void {
  if (settings.get('toldAboutTray') || !Notification.isSupported()) return;
  settings.update({ toldAboutTray: true });
  new Notification({
    title: 'Linkspan keeps running',
    body: 'It is in the tray. Quit it from there, or with Ctrl+Q (Cmd+Q on a Mac).',
  }).show();
}
