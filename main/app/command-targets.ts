import type { App } from 'electron';
import type { Log } from '../diagnostics/log.ts';
import type { Push } from '../ipc/push.ts';
import { showInFolder } from '../security/open-external.ts';
import { checkForUpdates } from '../updates/updater.ts';
import type { MainWindow } from '../windows/main-window.ts';
import type { CommandTargets } from './commands.ts';
import type { LinkService } from './link-service.ts';

/** What each command of menu and tray acts on. */
export const commandTargets = (
  app: App,
  window: MainWindow,
  link: LinkService,
  push: Push,
  log: Log,
): CommandTargets => ({
  showWindow: () => window.show(),
  toggleWindowFullScreen: () => window.toggleFullScreen(),
  reload: () => window.reload(),
  toggleDeveloperTools: () => window.toggleDeveloperTools(),
  tellPage: (command) => push('app:command', command),
  stopLink: () => void link.stop(),
  retryLink: () => link.retry(),
  showLog: () => showInFolder(log.file),
  checkForUpdates: () => void checkForUpdates(() => link.status().state.phase, log),
  quit: () => app.quit(),
});
