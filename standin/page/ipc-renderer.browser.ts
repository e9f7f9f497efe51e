import type { Codec } from '../wire/codec.ts';
import type { MainMessage, PageMessage } from '../wire/messages.ts';
import { PreloadEmitter } from './preload-emitter.browser.ts';

/** An `invoke` that main has not answered yet. */
interface Invocation {
  channel: string;
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

type Delivered = Extract<
  MainMessage,
  { kind: 'reply' | 'failure' | 'message' | 'port-message' | 'port-close' }
>;

/** Real Electron's words for what structured cloning rejects. */
function clone(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    throw new Error('An object could not be cloned.');
  }
}

/** `ipcRenderer`: structured clones over the binding to Node, and message ports by relay. */
export class IpcRenderer extends PreloadEmitter {
  readonly #send: (message: PageMessage) => void;
  readonly #codec: Codec;
  readonly #prefix: string;
  readonly #invocations = new Map<number, Invocation>();
  readonly #ports = new Map<string, MessagePort>();
  #lastId = 0;

  constructor(send: (message: PageMessage) => void, codec: Codec, webContentsId: number) {
    super();
    this.#send = send;
    this.#codec = codec;
    this.#prefix = `page-${webContentsId}-${crypto.randomUUID()}`;
  }

  /** @throws {Error} For arguments that cannot be cloned; nothing has been sent then. */
  send(channel: string, ...args: unknown[]): void {
    this.#send({ kind: 'send', channel, args: this.#encode(args) });
  }

  /** Rejects in Electron's words when the handler throws or nobody handles the channel. */
  invoke(channel: string, ...args: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const encoded = this.#encode(args);
      this.#lastId += 1;
      this.#invocations.set(this.#lastId, { channel, resolve, reject });
      this.#send({ kind: 'invoke', id: this.#lastId, channel, args: encoded });
    });
  }

  /** A transferred port stays in the page; Node gets the far end of a relay. */
  postMessage(channel: string, message: unknown, transfer: MessagePort[] = []): void {
    const encoded = this.#encode(message);
    const ports = transfer.map((port, index) => {
      const id = `${this.#prefix}-${(this.#lastId += 1)}-${index}`;
      this.#relay(port, id);
      return id;
    });
    this.#send({ kind: 'post', channel, message: encoded, ports });
  }

  /** For the isolated world: what Node sent. */
  deliver(message: Delivered): void {
    switch (message.kind) {
      case 'reply':
        this.#take(message.id)?.resolve(this.#codec.decode(message.value));
        break;
      case 'failure': {
        const invocation = this.#take(message.id);
        invocation?.reject(
          new Error(`Error invoking remote method '${invocation.channel}': ${message.message}`),
        );
        break;
      }
      case 'message':
        this.#receive(message);
        break;
      case 'port-message':
        this.#ports.get(message.port)?.postMessage(this.#codec.decode(message.data));
        break;
      case 'port-close':
        this.#ports.get(message.port)?.close();
        this.#ports.delete(message.port);
        break;
      default:
        message satisfies never;
    }
  }

  /** Ports that main sent become a channel whose other half is relayed to Node. */
  #receive({ channel, args, ports }: Extract<MainMessage, { kind: 'message' }>): void {
    const opened = ports.map((id) => {
      const { port1, port2 } = new MessageChannel();
      this.#relay(port1, id);
      return port2;
    });
    this.emit(channel, { sender: this, ports: opened }, ...(this.#codec.decode(args) as unknown[]));
  }

  #encode(value: unknown): ReturnType<Codec['encode']> {
    return this.#codec.encode(clone(value));
  }

  /** Everything that arrives at the port goes to Node under `id`, and back. */
  #relay(port: MessagePort, id: string): void {
    this.#ports.set(id, port);
    port.addEventListener('message', (event) =>
      this.#send({ kind: 'port-message', port: id, data: this.#codec.encode(event.data) }),
    );
    port.addEventListener('close', () => this.#send({ kind: 'port-close', port: id }));
    port.start();
  }

  #take(id: number): Invocation | undefined {
    const invocation = this.#invocations.get(id);
    this.#invocations.delete(id);
    return invocation;
  }
}
