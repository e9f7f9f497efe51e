import { EventEmitter } from 'node:events';
import { throwingPrototype } from '../core/not-implemented.ts';

export type InvokeHandler = (event: Electron.IpcMainInvokeEvent, ...args: never[]) => unknown;

type IpcMembers = Pick<Electron.IpcMain, 'handle' | 'handleOnce' | 'removeHandler'>;

/** `ipcMain` and `webContents.ipc`. Any event name is a channel, so only members are checked. */
export class IpcMain extends EventEmitter implements IpcMembers {
  readonly #handlers = new Map<string, InvokeHandler>();

  constructor() {
    super();
    this.setMaxListeners(0);
  }

  /** @throws {Error} For a second handler of one channel. */
  handle(channel: string, handler: InvokeHandler): void {
    if (this.#handlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    if (typeof handler !== 'function')
      throw new TypeError(`Expected handler to be a function, but found type '${typeof handler}'`);
    this.#handlers.set(channel, handler);
  }

  handleOnce(channel: string, handler: InvokeHandler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return handler(event, ...args);
    });
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  /** For the page channel. */
  handlerOf(channel: string): InvokeHandler | undefined {
    return this.#handlers.get(channel);
  }
}

Object.setPrototypeOf(IpcMain.prototype, throwingPrototype(EventEmitter.prototype));

export const ipcMain = new IpcMain();
