import type { CdpSession } from '../chromium/cdp-connection.ts';
import { debugLog, messageOf } from '../core/log.ts';
import { runtime } from '../core/runtime.ts';
import { chromium } from '../window/chromium-holder.ts';
import type { PageHost } from '../window/page-host.ts';
import { screen } from './screen.ts';

export type Placement = 'normal' | 'minimized' | 'maximized' | 'fullscreen';

/** Makes Chromium's window follow a WindowFrame. Calls take effect in order. */
export class WindowPlacer {
  readonly #host: PageHost;
  readonly #windowId: Promise<number>;
  /** What Chromium draws around the page; the app's bounds are those of the page. */
  #decoration: Electron.Size = { width: 0, height: 0 };
  #last: [Placement, Electron.Rectangle] | null = null;

  constructor(host: PageHost) {
    this.#host = host;
    this.#windowId = host
      .session()
      .then((session) => session.send('Browser.getWindowForTarget', {}))
      .then(({ windowId }) => windowId);
    this.#windowId.catch((error: unknown) => debugLog('window:', messageOf(error)));
    if (!runtime().headless)
      host.once('dom-ready', () => this.#attempt((session) => this.#measureDecoration(session)));
  }

  /** Hidden windows are placed as minimized. */
  place(placement: Placement, bounds: Electron.Rectangle): void {
    this.#last = [placement, bounds];
    this.#attempt(async (session) => {
      await this.#setBounds({ windowState: placement });
      if (placement === 'normal')
        await this.#setBounds({
          left: bounds.x,
          top: bounds.y,
          width: bounds.width + this.#decoration.width,
          height: bounds.height + this.#decoration.height,
        });
      if (runtime().headless) await this.#sizeHeadlessPage(session, placement, bounds);
    });
  }

  bringToFront(): void {
    this.#attempt((session) => session.send('Page.bringToFront'));
  }

  /** A window that closes meanwhile is no error. */
  #attempt(work: (session: CdpSession) => Promise<void>): void {
    this.#host
      .session()
      .then(work)
      .catch((error: unknown) => debugLog('window:', messageOf(error)));
  }

  async #setBounds(bounds: object): Promise<void> {
    const windowId = await this.#windowId;
    await chromium().root.send('Browser.setWindowBounds', { windowId, bounds });
  }

  /** Only a laid-out document knows it. */
  async #measureDecoration(session: CdpSession): Promise<void> {
    const { result } = await session.send('Runtime.evaluate', {
      expression: '[outerWidth - innerWidth, outerHeight - innerHeight]',
      returnByValue: true,
    });
    const [width = 0, height = 0] = result.value as number[];
    this.#decoration = { width, height };
    if (this.#last) this.place(...this.#last);
  }

  /** Headless Chromium draws a browser window too; the page is to have the size that the app asked for. */
  async #sizeHeadlessPage(
    session: CdpSession,
    placement: Placement,
    bounds: Electron.Rectangle,
  ): Promise<void> {
    const fills = placement === 'fullscreen' || placement === 'maximized';
    const { width, height } = fills ? screen.getPrimaryDisplay().bounds : bounds;
    await session.send('Emulation.setDeviceMetricsOverride', {
      width,
      height,
      deviceScaleFactor: 0,
      mobile: false,
    });
  }
}
