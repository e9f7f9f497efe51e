import { randomUUID } from 'node:crypto';
import { acceptOptions } from '../core/accept-options.ts';
import { NotImplementedError, strictModule } from '../core/not-implemented.ts';
import { resolveProxy } from '../core/resolve-proxy.ts';
import { runtime } from '../core/runtime.ts';
import { StrictEmitter } from '../core/strict-emitter.ts';
import { app } from './app.ts';
import { net } from './net.ts';
import { Permissions, type DisplayMediaHandler } from './permissions.ts';
import { protocol } from './protocol.ts';

type SessionMembers = Pick<
  Electron.Session,
  | 'getPreloadScripts'
  | 'getUserAgent'
  | 'isPersistent'
  | 'registerPreloadScript'
  | 'resolveProxy'
  | 'unregisterPreloadScript'
>;

/** The default session, the only one there is. */
export class Session extends StrictEmitter implements SessionMembers {
  static override readonly events: readonly string[] = [];

  readonly #permissions = new Permissions();
  readonly #preloads: Electron.PreloadScript[] = [];

  get protocol(): typeof protocol {
    return protocol;
  }

  /** For the window layer. */
  get permissions(): Permissions {
    return this.#permissions;
  }

  setPermissionRequestHandler(handler: Permissions['requestHandler']): void {
    this.#permissions.requestHandler = handler;
  }

  setPermissionCheckHandler(handler: Permissions['checkHandler']): void {
    this.#permissions.checkHandler = handler;
  }

  /** @param options `useSystemPicker` only acts on macOS. */
  setDisplayMediaRequestHandler(
    handler: DisplayMediaHandler | null,
    options?: Electron.DisplayMediaRequestHandlerOpts,
  ): void {
    acceptOptions('session.setDisplayMediaRequestHandler', options, ['useSystemPicker']);
    this.#permissions.displayMediaHandler = handler;
  }

  /** No hid, serial or usb device is ever offered, so the handler has nothing to decide. */
  setDevicePermissionHandler(handler: unknown): void {
    if (handler !== null && typeof handler !== 'function')
      throw new TypeError('setDevicePermissionHandler: expected a function or null');
  }

  /** Runs before a window's own preload, in windows made from now on. */
  registerPreloadScript(script: Electron.PreloadScriptRegistration): string {
    if (script.type !== 'frame') throw new NotImplementedError(`preload script type '${script.type}'`);
    const id = script.id ?? randomUUID();
    this.#preloads.push({ ...script, id });
    return id;
  }

  unregisterPreloadScript(id: string): void {
    const index = this.#preloads.findIndex((script) => script.id === id);
    if (index < 0) throw new Error(`Cannot unregister preload script with non-existing ID '${id}'`);
    this.#preloads.splice(index, 1);
  }

  getPreloadScripts(): Electron.PreloadScript[] {
    return [...this.#preloads];
  }

  getUserAgent(): string {
    return app.userAgentFallback;
  }

  isPersistent(): boolean {
    return true;
  }

  /** By the command line alone; the system's settings are not looked at. */
  async resolveProxy(url: string): Promise<string> {
    return resolveProxy(url, runtime().switches);
  }

  /** The same as `net.fetch`. */
  fetch(...args: Parameters<typeof net.fetch>): Promise<Response> {
    return net.fetch(...args);
  }
}

export const defaultSession = new Session();

export const session = strictModule('session', {
  get defaultSession(): Session {
    if (!app.isReady()) throw new Error('Session can only be received when app is ready');
    return defaultSession;
  },
});
