/**
 * Windows: the main one, where it stands, what closing it means, and its way back after a crash. This
 * folder alone makes windows; it knows neither link nor settings file, only what it is handed.
 */
import { BrowserWindow, screen, type Rectangle } from 'electron';
import type { Log } from '../diagnostics/log.ts';
import { appPage } from '../security/app-origin.ts';
import type { RememberedWindow } from '../settings/document.ts';
import { CrashBudget } from './crash-budget.ts';
import { fitBounds } from './fit-bounds.ts';
import { windowOptions } from './window-options.ts';

export interface MainWindowOptions {
  preload: string;
  icon: string;
  remembered: RememberedWindow | null;
  remember(window: RememberedWindow): void;
  /** What closing means now: the window is hidden, or really goes because the app quits. */
  onClose(): 'hide' | 'close';
  onHidden(): void;
  /** The page has opened another window, which the guards let it. */
  onOpened(window: BrowserWindow): void;
  /** The page crashed so often that it is not loaded any more. */
  onLost(): void;
  log: Log;
}

export class MainWindow {
  readonly #window: BrowserWindow;
  readonly #options: MainWindowOptions;

  constructor(options: MainWindowOptions) {
    this.#options = options;
    const { preload, icon, remembered } = options;
    this.#window = new BrowserWindow(windowOptions({ preload, icon, bounds: placeOf(remembered) }));
    if (remembered?.maximised === true) this.#window.maximize();
    this.#keepBounds();
    this.#hideOnClose();
    this.#recoverFromCrashes();
    this.#window.webContents.on('did-create-window', (window) => options.onOpened(window));
  }

  /** Loads the page and shows it once it has something to show. */
  async open(): Promise<void> {
    this.#window.once('ready-to-show', () => this.show());
    await this.#window.loadURL(appPage);
  }

  show(): void {
    if (this.#window.isDestroyed()) return;
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
  }

  toggleFullScreen(): void {
    this.#window.setFullScreen(!this.#window.isFullScreen());
  }

  reload(): void {
    this.#window.webContents.reload();
  }

  toggleDeveloperTools(): void {
    this.#window.webContents.toggleDevTools();
  }

  /** Sends to the page; nothing when there is none any more. */
  send(channel: string, payload: unknown): void {
    if (!this.#window.isDestroyed()) this.#window.webContents.send(channel, payload);
  }

  #keepBounds(): void {
    const save = (): void => {
      const maximised = this.#window.isMaximized();
      if (this.#window.isFullScreen() || this.#window.isMinimized()) return;
      this.#options.remember({ ...this.#window.getNormalBounds(), maximised });
    };
    this.#window.on('resize', save);
    this.#window.on('move', save);
    this.#window.on('maximize', save);
    this.#window.on('unmaximize', save);
  }

  #hideOnClose(): void {
    this.#window.on('close', (event) => {
      if (this.#options.onClose() === 'close') return;
      event.preventDefault();
      this.#window.hide();
      this.#options.onHidden();
    });
  }

  /** A page that crashed is loaded anew; main's link stays up meanwhile. */
  #recoverFromCrashes(): void {
    const budget = new CrashBudget();
    this.#window.webContents.on('render-process-gone', (_event, { reason }) => {
      this.#options.log.error('the page is gone:', reason);
      if (reason === 'clean-exit' || this.#window.isDestroyed()) return;
      if (budget.spend(Date.now())) this.#window.webContents.reload();
      else {
        this.#options.log.error('the page crashed too often; it stays closed until Linkspan is restarted');
        this.#options.onLost();
      }
    });
  }
}

function placeOf(remembered: RememberedWindow | null): Rectangle {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  const areas = [primary, ...others].map(({ workArea }) => workArea);
  if (remembered === null) return fitBounds(null, areas);
  const { x, y, width, height } = remembered;
  return fitBounds({ x, y, width, height }, areas);
}
