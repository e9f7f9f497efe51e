import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { Protocol } from 'devtools-protocol';
import type { CdpSession } from '../chromium/cdp-connection.ts';
import type { PageTarget } from '../chromium/chromium-process.ts';
import { fromReserved } from '../chromium/reserved-origin.ts';
import { debugLog, messageOf } from '../core/log.ts';
import { runtime } from '../core/runtime.ts';
import type { MainMessage, PageMessage } from '../wire/messages.ts';
import { chromium } from './chromium-holder.ts';
import { isolatedWorldSource, mainWorldSource } from './preload-source.ts';

const isolatedWorld = 'Electron Isolated Context';

/** What a page needs to know before it exists. */
export interface PageOptions {
  webContentsId: number;
  preloads: string[];
  additionalArguments: string[];
  width: number;
  height: number;
  /** A page that another page opened and that waits for its debugger; null makes a new one. */
  target: PageTarget | null;
}

interface PageHostEvents {
  message: [PageMessage];
  navigated: [url: string];
  'navigated-within': [url: string];
  'dom-ready': [];
  loaded: [loaderId: string];
  'loading-started': [];
  'loading-stopped': [];
  console: [Protocol.Runtime.ConsoleAPICalledEvent];
  'document-request': [Protocol.Fetch.RequestPausedEvent];
}

/**
 * One page target of Chromium with its isolated world and its channel to Node. Knows nothing of Electron's
 * API: `WebContents` builds on it.
 */
export class PageHost extends EventEmitter<PageHostEvents> {
  /** Resolves once the target exists and its scripts are in place. */
  readonly ready: Promise<void>;
  readonly #secret = `_${randomBytes(16).toString('hex')}`;
  #session: CdpSession | null = null;
  #targetId = '';
  /** Execution context of the isolated world; null between documents. */
  #context: number | null = null;

  constructor(options: PageOptions) {
    super();
    this.setMaxListeners(0);
    this.ready = this.#create(options);
    this.ready.catch((error: unknown) => debugLog('window creation failed:', messageOf(error)));
  }

  /** '' before `ready`. */
  get targetId(): string {
    return this.#targetId;
  }

  /** Waits until the page is there; rejects when it could not be made. */
  async session(): Promise<CdpSession> {
    await this.ready;
    return this.#session!;
  }

  /** Delivers to the isolated world of the current document; without one the message is lost, as in Electron. */
  post(message: MainMessage): void {
    if (this.#context === null || !this.#session) {
      debugLog('no document to deliver to:', message.kind);
      return;
    }
    this.#session
      .send('Runtime.callFunctionOn', {
        functionDeclaration: `function(text){globalThis[${JSON.stringify(`${this.#secret}r`)}](text)}`,
        executionContextId: this.#context,
        arguments: [{ value: JSON.stringify(message) }],
      })
      .then(
        ({ exceptionDetails }) =>
          exceptionDetails && debugLog('page listener threw:', exceptionDetails.exception?.description),
        (error: unknown) => debugLog('delivery failed:', messageOf(error)),
      );
  }

  async #create(options: PageOptions): Promise<void> {
    const { targetId, session } =
      options.target ??
      (await chromium().openPage({
        // Stays on the initial empty document, whose URL is '', as in Electron; Playwright would report
        // about:blank as a page at once.
        url: 'javascript:void 0',
        newWindow: true,
        width: options.width,
        height: options.height,
      }));
    this.#session = session;
    this.#targetId = targetId;
    this.#listen(session);
    const environment = {
      webContentsId: options.webContentsId,
      binding: this.#secret,
      receiver: `${this.#secret}r`,
      secret: this.#secret,
      preloadPath: options.preloads.join(', '),
      platform: process.platform,
      arch: process.arch,
      nodeVersion: process.version,
      versions: { ...process.versions },
      env: { ...process.env },
      argv: [process.execPath, ...options.additionalArguments],
      pid: process.pid,
      headless: runtime().headless,
    };
    // An opened page keeps the window object of its empty document when its first address is of the same origin.
    const runImmediately = options.target !== null;
    await Promise.all([
      session.send('Page.enable'),
      session.send('Page.setLifecycleEventsEnabled', { enabled: true }),
      session.send('Runtime.enable'),
      session.send('Runtime.addBinding', { name: this.#secret, executionContextName: isolatedWorld }),
      session.send('Fetch.enable', { patterns: [{ urlPattern: '*', resourceType: 'Document' }] }),
      session.send('Page.addScriptToEvaluateOnNewDocument', {
        source: mainWorldSource(this.#secret),
        runImmediately,
      }),
      session.send('Page.addScriptToEvaluateOnNewDocument', {
        worldName: isolatedWorld,
        source: isolatedWorldSource(environment, options.preloads),
        runImmediately,
      }),
      session.send('Runtime.runIfWaitingForDebugger'),
    ]);
  }

  #listen(session: CdpSession): void {
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const auxiliary = context.auxData as { frameId: string };
      if (context.name === isolatedWorld && auxiliary.frameId === this.#targetId) this.#context = context.id;
    });
    session.on('Runtime.executionContextsCleared', () => (this.#context = null));
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (this.#context === executionContextId) this.#context = null;
    });
    session.on('Runtime.bindingCalled', ({ name, executionContextId, payload }) => {
      if (name === this.#secret && executionContextId === this.#context)
        this.emit('message', JSON.parse(payload) as PageMessage);
    });
    session.on('Runtime.consoleAPICalled', (event) => this.emit('console', event));
    session.on('Fetch.requestPaused', (event) => this.emit('document-request', event));
    this.#listenToLoading(session);
  }

  /** An error page of Chromium's own is no document of the app's: nothing is emitted for it. */
  #listenToLoading(session: CdpSession): void {
    const inMainFrame = (frameId: string): boolean => frameId === this.#targetId;
    let committed = false;
    session.on('Page.frameStartedLoading', ({ frameId }) => {
      if (inMainFrame(frameId)) this.emit('loading-started');
    });
    session.on('Page.frameStoppedLoading', ({ frameId }) => {
      if (inMainFrame(frameId)) this.emit('loading-stopped');
    });
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId) return;
      committed = !frame.unreachableUrl;
      if (committed) this.emit('navigated', fromReserved(frame.url + (frame.urlFragment ?? '')));
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (inMainFrame(frameId)) this.emit('navigated-within', fromReserved(url));
    });
    session.on('Page.lifecycleEvent', ({ frameId, loaderId, name }) => {
      if (!committed || !inMainFrame(frameId)) return;
      if (name === 'DOMContentLoaded') this.emit('dom-ready');
      if (name === 'load') this.emit('loaded', loaderId);
    });
  }
}
