import { screen, type BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';
import type { RememberedOutput } from '../settings/document.ts';
import { placeOutput } from './place-output.ts';
import { outputTitle, outputWindowOptions } from './window-options.ts';

interface OutputWindowOptions {
  icon: string;
  remembered(): RememberedOutput;
  remember(output: RememberedOutput): void;
}

/**
 * The clean output window: the one that the app's page may open, with the output's picture and nothing else. Electron
 * makes it, and closes it with the main window; this gives it its place, and keeps it on top if the user likes.
 */
export class OutputWindow {
  readonly #options: OutputWindowOptions;
  #window: BrowserWindow | null = null;

  constructor(options: OutputWindowOptions) {
    this.#options = options;
  }

  /** How it is to be made; null when there is one already. */
  options(): BrowserWindowConstructorOptions | null {
    if (this.#window !== null) return null;
    const primary = screen.getPrimaryDisplay();
    const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
    const remembered = this.#options.remembered();
    const bounds = placeOutput(remembered, [primary, ...others]);
    return outputWindowOptions({ icon: this.#options.icon, bounds, onTop: remembered.onTop });
  }

  /** Takes the window that Electron has made. */
  adopt(window: BrowserWindow): void {
    this.#window = window;
    window.once('closed', () => {
      this.#window = null;
    });
    // It lives in the main window's process: that one's page is loaded anew, and this one is opened anew by the user.
    window.webContents.once('render-process-gone', () => window.destroy());
    window.on('page-title-updated', (event) => event.preventDefault());
    window.on('resize', () => this.#keepPlace(window));
    window.on('move', () => this.#keepPlace(window));
  }

  /** @returns Whether it is on top now, or will be when it is opened. */
  toggleOnTop(): boolean {
    const remembered = this.#options.remembered();
    const onTop = !remembered.onTop;
    this.#options.remember({ ...remembered, onTop });
    this.#window?.setAlwaysOnTop(onTop);
    this.#window?.setTitle(outputTitle(onTop));
    return onTop;
  }

  #keepPlace(window: BrowserWindow): void {
    if (window.isFullScreen() || window.isMinimized() || window.isMaximized()) return;
    const { x, y, width, height } = window.getNormalBounds();
    const place = { x, y, width, height };
    const display = screen.getDisplayMatching(place).id;
    const remembered = this.#options.remembered();
    const places = { ...remembered.places, [display]: place };
    this.#options.remember({ ...remembered, display, places });
  }
}
