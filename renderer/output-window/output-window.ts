import { outputFeatures, outputFrameName, outputPageFile } from '../../shared/bridge/output-window.ts';
import { openerChannel, outputElementId, outputWordIn } from './output-message.ts';

interface OutputWindowOptions {
  /** Whether there is an output window now. */
  report(open: boolean): void;
  /** Asks main to keep it above all other windows, or no longer. */
  toggleOnTop(): void;
}

/**
 * The output window, as the app's page has it: opened and closed, and given the picture that is to be seen there. A
 * window that stays while this page is loaded anew is taken up again.
 */
export class OutputWindow {
  readonly #options: OutputWindowOptions;
  #window: Window | null = null;
  #picture: MediaStream | null = null;

  constructor(options: OutputWindowOptions) {
    this.#options = options;
    addEventListener('message', (event) => this.#hear(event));
    // A stream of a page that is gone would stand still there.
    addEventListener('pagehide', () => this.#hand(null));
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has none to name
    new BroadcastChannel(openerChannel).postMessage(null);
  }

  /** @throws {Error} When main does not let it. */
  open(): void {
    const opened = window.open(`./${outputPageFile}`, outputFrameName, outputFeatures);
    if (opened === null) throw new Error('The output window may not be opened');
  }

  close(): void {
    this.#window?.close();
    this.#forget();
  }

  /** @param picture Null: there is none, the window is black. */
  show(picture: MediaStream | null): void {
    this.#picture = picture;
    this.#hand(picture);
  }

  #hear({ origin, source, data }: MessageEvent): void {
    const word = outputWordIn(data);
    if (word === null || origin !== location.origin || source === null || source === window) return;
    switch (word) {
      case 'here':
        // Of our own origin, so everything of it can be reached.
        this.#window = source as Window;
        this.#hand(this.#picture);
        this.#options.report(true);
        return;
      case 'toggle-on-top':
        this.#options.toggleOnTop();
        return;
      case 'gone':
        if (source === this.#window) this.#forget();
        return;
      default:
        word satisfies never;
    }
  }

  #forget(): void {
    this.#window = null;
    this.#options.report(false);
  }

  #hand(picture: MediaStream | null): void {
    const video = this.#window?.document.getElementById(outputElementId);
    // Of the other window's realm, so no `instanceof` holds.
    if (video) (video as HTMLVideoElement).srcObject = picture;
  }
}
