import { EventEmitter } from 'node:events';
import type { Protocol } from 'devtools-protocol';
import { fromReserved, toReserved } from '../chromium/reserved-origin.ts';
import { createEvent } from '../core/event-object.ts';
import { debugLog, messageOf } from '../core/log.ts';
import type { PageHost } from '../window/page-host.ts';
import { isCustomScheme } from './protocol.ts';
import { defaultSession } from './session.ts';
import type { WebContents } from './web-contents.ts';

/** What `loadURL` rejects with. */
interface LoadError extends Error {
  code: string;
  errno: number;
  url: string;
}

interface Loads {
  /** Resolves to null once that loader's document has loaded, else to Chromium's error text. */
  outcome(loaderId: string): Promise<string | null>;
  forget(): void;
}

/** Chromium's numbers for the failures that a local app meets; -2 (ERR_FAILED) for the rest. */
const errorNumbers: Record<string, number> = {
  ERR_FAILED: -2,
  ERR_ABORTED: -3,
  ERR_FILE_NOT_FOUND: -6,
  ERR_ACCESS_DENIED: -10,
  ERR_BLOCKED_BY_CLIENT: -20,
  ERR_BLOCKED_BY_RESPONSE: -27,
  ERR_CONNECTION_REFUSED: -102,
  ERR_NAME_NOT_RESOLVED: -105,
  ERR_ADDRESS_UNREACHABLE: -109,
};

const withoutFragment = (url: string): string => url.split('#', 1)[0]!;

/** Loading by the app, and the guard in front of navigations that the page starts. */
export class Navigation {
  readonly #contents: WebContents;
  readonly #host: PageHost;
  /** The request that the app itself started and that no `will-navigate` is due for. */
  #expected: string | null = null;
  #origin = '';

  constructor(contents: WebContents, host: PageHost) {
    this.#contents = contents;
    this.#host = host;
    host.on('document-request', (paused) => {
      this.#guard(paused).catch((error: unknown) => debugLog('navigation:', messageOf(error)));
    });
  }

  /** Rejects like Electron: `ERR_NAME (-n) loading 'url'`, with `code`, `errno` and `url`. */
  async load(url: string): Promise<void> {
    const target = toReserved(url, isCustomScheme);
    const session = await this.#host.session();
    await this.#prepare(target);
    this.#expected = withoutFragment(target);
    const loads = this.#watchLoads();
    const { errorText, loaderId } = await session.send('Page.navigate', { url: target });
    // Without a loader the address differs in its fragment only and nothing loads.
    const failure = errorText ?? (loaderId === undefined ? null : await loads.outcome(loaderId));
    loads.forget();
    if (failure !== null) throw this.#failed(failure, url);
  }

  /** No `will-navigate`: the app asked for it. */
  async reload(ignoreCache: boolean): Promise<void> {
    const session = await this.#host.session();
    this.#expected = withoutFragment(toReserved(this.#contents.getURL(), isCustomScheme));
    await session.send('Page.reload', { ignoreCache });
  }

  /** Loads are told apart by their loader: that of the document before may finish after ours began. */
  #watchLoads(): Loads {
    const loaded = new Set<string>();
    const changed = new EventEmitter();
    const onLoaded = (loaderId: string): void => {
      loaded.add(loaderId);
      changed.emit('loaded');
    };
    const onGone = (): boolean => changed.emit('gone');
    this.#host.on('loaded', onLoaded);
    this.#contents.on('destroyed', onGone);
    return {
      outcome: (loaderId) =>
        new Promise((resolve) => {
          const check = (): void => {
            if (loaded.has(loaderId)) resolve(null);
          };
          changed.on('loaded', check);
          changed.once('gone', () => resolve('net::ERR_ABORTED'));
          check();
        }),
      forget: () => {
        this.#host.off('loaded', onLoaded);
        this.#contents.off('destroyed', onGone);
      },
    };
  }

  /** Emits `did-fail-load` and makes the error to reject with. */
  #failed(text: string, url: string): LoadError {
    const code = text.replace('net::', '');
    const errno = errorNumbers[code] ?? -2;
    this.#contents.emit('did-fail-load', createEvent(), errno, code, url, true, 1, 1);
    return Object.assign(new Error(`${code} (${errno}) loading '${url}'`), { code, errno, url });
  }

  /** Permissions are set per origin, before the first document of it loads. */
  async #prepare(chromiumUrl: string): Promise<void> {
    const { origin } = new URL(chromiumUrl);
    if (origin === this.#origin) return;
    this.#origin = origin;
    await defaultSession.permissions.prepareOrigin(this.#contents, chromiumUrl);
  }

  /** Every document request waits here, frames included, until the app was asked. */
  async #guard(paused: Protocol.Fetch.RequestPausedEvent): Promise<void> {
    const { requestId, request, frameId } = paused;
    const session = await this.#host.session();
    const isMainFrame = frameId === this.#host.targetId;
    const ours = isMainFrame && this.#expected === withoutFragment(request.url);
    const url = fromReserved(request.url + (request.urlFragment ?? ''));
    if (!ours && this.#vetoed(paused, url, isMainFrame)) {
      await session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
      return;
    }
    if (isMainFrame) {
      this.#expected = null;
      await this.#prepare(request.url);
    }
    await session.send('Fetch.continueRequest', { requestId });
  }

  /** Emits `will-redirect`, or `will-frame-navigate` and for the main frame `will-navigate`. */
  #vetoed(
    { redirectedRequestId }: Protocol.Fetch.RequestPausedEvent,
    url: string,
    isMainFrame: boolean,
  ): boolean {
    const details = { url, isMainFrame, isSameDocument: false, frame: this.#contents.mainFrame };
    const event = createEvent(details);
    if (redirectedRequestId !== undefined) {
      this.#contents.emit('will-redirect', event, url, false, isMainFrame, 1, 1);
      return event.defaultPrevented;
    }
    this.#contents.emit('will-frame-navigate', event);
    if (isMainFrame && !event.defaultPrevented)
      this.#contents.emit('will-navigate', event, url, false, true, 1, 1);
    return event.defaultPrevented;
  }
}
