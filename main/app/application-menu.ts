import type { MenuItemConstructorOptions } from 'electron';
import type { Command } from './commands.ts';

export interface MenuSurroundings {
  platform: string;
  isPackaged: boolean;
  /** Whether there is a place that updates come from. */
  canUpdate: boolean;
}

/** The application menu and, by its accelerators, the shortcuts. */
export function applicationMenu(
  { platform, isPackaged, canUpdate }: MenuSurroundings,
  run: (command: Command) => void,
): MenuItemConstructorOptions[] {
  const item = (command: Command, label: string, accelerator?: string): MenuItemConstructorOptions => ({
    id: command,
    label,
    click: () => run(command),
    ...(accelerator === undefined ? {} : { accelerator }),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const isMac = platform === 'darwin';
  const quit = item('quit', 'Quit Linkspan', 'CmdOrCtrl+Q');
  const updates = canUpdate ? [item('check-for-updates', 'Check for updates…')] : [];
  const development = [
    separator,
    item('reload', 'Reload', 'CmdOrCtrl+Shift+R'),
    item('developer-tools', 'Developer tools', 'CmdOrCtrl+Shift+I'),
  ];
  return [
    isMac
      ? {
          label: 'Linkspan',
          submenu: [
            { role: 'about' },
            ...updates,
            separator,
            { role: 'hide' },
            { role: 'hideOthers' },
            separator,
            quit,
          ],
        }
      : { label: 'File', submenu: [item('show', 'Show window'), separator, quit] },
    {
      // Without these roles the clipboard's shortcuts do nothing in macOS text fields.
      label: 'Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: 'Stream',
      submenu: [
        item('start', 'Start', 'CmdOrCtrl+Return'),
        item('stop', 'Stop', 'CmdOrCtrl+.'),
        item('retry', 'Retry now', 'CmdOrCtrl+R'),
        separator,
        item('record', 'Start or stop recording', 'CmdOrCtrl+Shift+O'),
        item('snapshot', 'Take a snapshot', 'CmdOrCtrl+Shift+S'),
        separator,
        item('switch-route', 'Switch between local and cloud', 'CmdOrCtrl+L'),
        item('focus-endpoint', 'Runners…', 'CmdOrCtrl+E'),
      ],
    },
    {
      label: 'View',
      submenu: [
        item('fullscreen', 'Fill the screen with the output', 'CmdOrCtrl+Shift+F'),
        item('output-window', 'Output window', 'CmdOrCtrl+Shift+W'),
        item('window-full-screen', 'Full screen', isMac ? 'Ctrl+Cmd+F' : 'F11'),
        ...(isPackaged ? [] : development),
      ],
    },
    { label: 'Help', submenu: [item('show-log', 'Show the log file'), ...(isMac ? [] : updates)] },
  ];
}
