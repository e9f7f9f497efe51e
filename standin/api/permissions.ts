import type { Protocol } from 'devtools-protocol';
import { fromReserved, originOf } from '../chromium/reserved-origin.ts';
import { debugLog, messageOf } from '../core/log.ts';
import { chromium } from '../window/chromium-holder.ts';
import type { PermissionAnswer, PermissionAsk } from '../wire/messages.ts';
import { chooseDisplaySource } from './display-capture.ts';
import { askedAtLoad, chromiumNames } from './permission-names.ts';
import type { WebContents } from './web-contents.ts';

type RequestHandler = (
  contents: WebContents,
  permission: string,
  callback: (granted: boolean) => void,
  details: object,
) => void;
type CheckHandler = (
  contents: WebContents | null,
  permission: string,
  requestingOrigin: string,
  details: object,
) => boolean;
export type DisplayMediaHandler = (
  request: Electron.DisplayMediaRequestHandlerHandlerRequest,
  callback: (streams: Electron.Streams | null) => void,
) => void;

/** Whoever asks: the window and the address its decision is for. */
interface Asker {
  contents: WebContents;
  /** As the app knows it (`app://…`). */
  url: string;
  /** As Chromium knows it. */
  chromiumOrigin: string;
}

/**
 * Electron's permission handlers. The check handler sets what Chromium says before anyone asks
 * (`permissions.query`, device labels); the request handler decides each call. Without handlers all is
 * granted, as in Electron.
 */
export class Permissions {
  requestHandler: RequestHandler | null = null;
  checkHandler: CheckHandler | null = null;
  displayMediaHandler: DisplayMediaHandler | null = null;

  /** Before a document of another origin loads. */
  async prepareOrigin(contents: WebContents, chromiumUrl: string): Promise<void> {
    if (!/^https?:/.test(chromiumUrl)) return;
    const asker = { contents, url: fromReserved(chromiumUrl), chromiumOrigin: new URL(chromiumUrl).origin };
    await Promise.all(
      Object.keys(chromiumNames).map(async (permission) => {
        const checked = this.#check(asker, permission);
        const granted =
          checked && askedAtLoad.includes(permission) ? await this.#request(asker, { permission }) : checked;
        await this.#tellChromium(asker, permission, granted);
      }),
    );
  }

  /** One call of the page that needs a permission. */
  async decide(contents: WebContents, chromiumUrl: string, ask: PermissionAsk): Promise<PermissionAnswer> {
    const asker = { contents, url: contents.getURL(), chromiumOrigin: new URL(chromiumUrl).origin };
    const granted = await this.#request(asker, ask);
    if (!granted) return { granted: false, reason: '' };
    if (ask.display) return chooseDisplaySource(contents, this.displayMediaHandler, ask.display);
    await this.#tellChromium(asker, ask.permission, true);
    return { granted: true };
  }

  /** One kind of medium that is allowed makes Chromium's one answer for media a yes. */
  #check({ contents, url }: Asker, permission: string): boolean {
    if (!this.checkHandler) return true;
    const origin = `${originOf(url)}/`;
    const details = { isMainFrame: true, requestingUrl: url, securityOrigin: origin };
    const mediaTypes = permission === 'media' ? ['video', 'audio'] : [undefined];
    return mediaTypes.some((mediaType) =>
      Boolean(
        this.checkHandler?.(contents, permission, origin, {
          ...details,
          ...(mediaType === undefined ? {} : { mediaType }),
        }),
      ),
    );
  }

  /** The handler answers when it likes; without one all is granted. */
  #request({ contents, url }: Asker, ask: PermissionAsk): Promise<boolean> {
    const handler = this.requestHandler;
    if (!handler) return Promise.resolve(true);
    const securityOrigin = `${originOf(url)}/`;
    const details = {
      isMainFrame: true,
      requestingUrl: url,
      ...(ask.mediaTypes ? { mediaTypes: ask.mediaTypes, securityOrigin } : {}),
    };
    return new Promise((resolve) => {
      handler(contents, ask.permission, (granted) => resolve(granted), details);
    });
  }

  /** What Chromium itself then says and enforces for the origin. */
  async #tellChromium({ chromiumOrigin }: Asker, permission: string, granted: boolean): Promise<void> {
    const setting: Protocol.Browser.PermissionSetting = granted ? 'granted' : 'denied';
    await Promise.all(
      (chromiumNames[permission] ?? []).map((name) =>
        chromium()
          .root.send('Browser.setPermission', { permission: { name }, setting, origin: chromiumOrigin })
          .catch((error: unknown) => debugLog('permission', name, messageOf(error))),
      ),
    );
  }
}
