import type { Event } from 'electron';

/** Electron's `app`, as far as the life of the app needs it. */
interface QuittableApp {
  on(event: 'before-quit', listener: (event: Event) => void): unknown;
  quit(): void;
}

export interface LifecycleOptions {
  app: QuittableApp;
  /** Ends the link and writes what is not written. */
  shutDown(): Promise<void>;
  /** Longest wait for it, milliseconds. */
  shutDownMaxMs: number;
  onError(error: unknown): void;
}

/**
 * What closing and quitting mean. Closing the window hides it, because the tray keeps the app; quitting (menu,
 * tray, Cmd/Ctrl+Q, the system) says goodbye to the runner, writes the settings and then goes.
 */
export class Lifecycle {
  readonly #options: LifecycleOptions;
  #phase: 'running' | 'shutting-down' | 'down' = 'running';

  constructor(options: LifecycleOptions) {
    this.#options = options;
    options.app.on('before-quit', (event) => this.#beforeQuit(event));
  }

  /** What closing the window means now. */
  onClose(): 'hide' | 'close' {
    return this.#phase === 'running' ? 'hide' : 'close';
  }

  #beforeQuit(event: Event): void {
    if (this.#phase === 'down') return;
    event.preventDefault();
    if (this.#phase === 'shutting-down') return;
    this.#phase = 'shutting-down';
    void this.#shutDown();
  }

  async #shutDown(): Promise<void> {
    const options = this.#options;
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, options.shutDownMaxMs);
    });
    try {
      await Promise.race([options.shutDown(), tooLong]);
    } catch (error) {
      options.onError(error);
    }
    clearTimeout(timer);
    this.#phase = 'down';
    options.app.quit();
  }
}
