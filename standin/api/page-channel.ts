import { debugLog } from '../core/log.ts';
import type { PageHost } from '../window/page-host.ts';
import type { PageMessage } from '../wire/messages.ts';
import { cloneOrThrow, nodeCodec } from '../wire/node-codec.ts';
import { ipcMain } from './ipc-main.ts';
import { MessagePortMain } from './message-port.ts';
import type { WebContents } from './web-contents.ts';

type PortMessage = Extract<PageMessage, { kind: 'port-message' | 'port-close' }>;

/** IPC of one window: what the page sends reaches `webContents.ipc` first, then `ipcMain`. */
export class PageChannel {
  readonly #contents: WebContents;
  readonly #host: PageHost;
  /** Ports with one end in the page, by the id both sides use. */
  readonly #ports = new Map<string, MessagePortMain>();

  constructor(contents: WebContents, host: PageHost) {
    this.#contents = contents;
    this.#host = host;
  }

  /** @throws {Error} For arguments that cannot be cloned; ports are then untouched. */
  send(channel: string, args: unknown[], ports: MessagePortMain[] = []): void {
    const cloned = cloneOrThrow(args, 'Failed to serialize arguments');
    for (const port of ports) {
      port.moveTo((message) => this.#host.post(message));
      this.#ports.set(port.id, port);
    }
    this.#host.post({
      kind: 'message',
      channel,
      args: nodeCodec.encode(cloned),
      ports: ports.map((port) => port.id),
    });
  }

  /** The document is gone and its ports with it. */
  documentGone(): void {
    for (const port of this.#ports.values()) port.close();
    this.#ports.clear();
  }

  /** What the page sent without waiting for an answer. */
  receive(message: Extract<PageMessage, { kind: 'send' | 'post' }> | PortMessage): void {
    switch (message.kind) {
      case 'send':
        this.#emit(message.channel, nodeCodec.decode(message.args) as unknown[], []);
        break;
      case 'post': {
        const ports = message.ports.map((id) => this.#adopt(id));
        this.#emit(message.channel, [nodeCodec.decode(message.message)], ports);
        break;
      }
      case 'port-message':
        this.#ports.get(message.port)?.sentFromPage(message.data);
        break;
      case 'port-close':
        this.#ports.get(message.port)?.close();
        this.#ports.delete(message.port);
        break;
      default:
        message satisfies never;
    }
  }

  /** The handler's result or error goes back; the error is also printed, as Electron does. */
  async invoke({ id, channel, args }: Extract<PageMessage, { kind: 'invoke' }>): Promise<void> {
    const handler = this.#contents.ipc.handlerOf(channel) ?? ipcMain.handlerOf(channel);
    if (!handler) {
      const error = `Error: No handler registered for '${channel}'`;
      this.#host.post({ kind: 'failure', id, message: error });
      return;
    }
    try {
      const event = this.#event([]) as unknown as Electron.IpcMainInvokeEvent;
      const result: unknown = await handler(event, ...(nodeCodec.decode(args) as never[]));
      const value = nodeCodec.encode(cloneOrThrow(result, 'An object could not be cloned.'));
      this.#host.post({ kind: 'reply', id, value });
    } catch (error) {
      console.error(`Error occurred in handler for '${channel}':`, error);
      this.#host.post({ kind: 'failure', id, message: String(error) });
    }
  }

  #emit(channel: string, args: unknown[], ports: MessagePortMain[]): void {
    const event = this.#event(ports);
    const heard = this.#contents.ipc.emit(channel, event, ...args);
    if (!ipcMain.emit(channel, event, ...args) && !heard) debugLog('no listener for channel', channel);
  }

  /** The first argument of listeners and handlers. */
  #event(ports: MessagePortMain[]): object {
    const contents = this.#contents;
    return {
      type: 'frame',
      sender: contents,
      senderFrame: contents.mainFrame,
      frameId: contents.mainFrame.routingId,
      frameTreeNodeId: contents.mainFrame.frameTreeNodeId,
      processId: contents.getProcessId(),
      ports,
      reply: (channel: string, ...args: unknown[]) => contents.send(channel, ...args),
    };
  }

  /** A port that the page sent: its far half stays in the page. */
  #adopt(id: string): MessagePortMain {
    const here = new MessagePortMain();
    const relay = new MessagePortMain();
    here.connect({ kind: 'page', id, post: (message) => this.#host.post(message) });
    relay.connect({ kind: 'port', port: here });
    this.#ports.set(id, relay);
    return here;
  }
}
