import { acceptOptions } from '../core/accept-options.ts';
import { strictModule } from '../core/not-implemented.ts';

/** What the app asked the desktop to open; nothing is opened. Readable through `__standin.shell`. */
export const shellLog = {
  openedUrls: [] as string[],
  openedPaths: [] as string[],
  shownItems: [] as string[],
  beeps: 0,
};

export const shell = strictModule('shell', {
  /** Rejects an address that is none; opens nothing. */
  openExternal(url: string, options?: Electron.OpenExternalOptions): Promise<void> {
    acceptOptions('shell.openExternal', options, ['activate', 'workingDirectory', 'logUsage']);
    if (!URL.canParse(url)) return Promise.reject(new Error('Invalid URL'));
    shellLog.openedUrls.push(url);
    return Promise.resolve();
  },
  /** '' means success, as in Electron. */
  openPath(path: string): Promise<string> {
    shellLog.openedPaths.push(path);
    return Promise.resolve('');
  },
  showItemInFolder(path: string): void {
    shellLog.shownItems.push(path);
  },
  beep(): void {
    shellLog.beeps += 1;
  },
} satisfies Pick<Electron.Shell, 'openExternal' | 'openPath' | 'showItemInFolder' | 'beep'>);
