import type { AppCommand } from '../../shared/ipc/contract.ts';

/** What menu, tray and shortcuts can ask for: what the page does itself, and what main does. */
export type Command =
  | AppCommand
  | 'show'
  | 'quit'
  | 'window-full-screen'
  | 'show-log'
  | 'check-for-updates'
  | 'reload'
  | 'developer-tools';

export interface CommandTargets {
  showWindow(): void;
  toggleWindowFullScreen(): void;
  reload(): void;
  toggleDeveloperTools(): void;
  /** The page carries it out: it owns source, picture and panel. */
  tellPage(command: AppCommand): void;
  stopLink(): void;
  retryLink(): void;
  showLog(): void;
  checkForUpdates(): void;
  quit(): void;
}

export function runCommand(command: Command, targets: CommandTargets): void {
  switch (command) {
    case 'start':
    case 'fullscreen':
    case 'focus-endpoint':
      targets.showWindow();
      targets.tellPage(command);
      return;
    case 'switch-route':
    case 'record':
    case 'snapshot':
    case 'output-window':
      targets.tellPage(command);
      return;
    case 'stop':
      // The page forgets its wish to stream; the link ends also when there is no page to hear of it.
      targets.tellPage(command);
      targets.stopLink();
      return;
    case 'retry':
      targets.retryLink();
      return;
    case 'show':
      targets.showWindow();
      return;
    case 'quit':
      targets.quit();
      return;
    case 'window-full-screen':
      targets.toggleWindowFullScreen();
      return;
    case 'show-log':
      targets.showLog();
      return;
    case 'check-for-updates':
      targets.checkForUpdates();
      return;
    case 'reload':
      targets.reload();
      return;
    case 'developer-tools':
      targets.toggleDeveloperTools();
      return;
    default:
      command satisfies never;
  }
}
