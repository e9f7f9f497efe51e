import { once } from 'node:events';
import { WebSocket, type ClientOptions } from 'ws';
import * as v from 'valibot';
import { serverMessage, type ServerMessage } from '../../shared/wire/server-messages.ts';

type MessageOf<Type extends ServerMessage['type']> = Extract<ServerMessage, { type: Type }>;

/** A client of the cloud protocol that keeps what it hears, so that a test may ask before or after it came. */
export class SignallingClient {
  readonly socket: WebSocket;
  readonly heard: ServerMessage[] = [];
  /** Resolves with code and reason of the close. */
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly #waiting = new Set<() => void>();
  #requests = 0;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data) => {
      this.heard.push(v.parse(serverMessage, JSON.parse((data as Buffer).toString('utf8'))));
      for (const look of this.#waiting) look();
    });
    this.closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
  }

  /** Connected at the WebSocket's level; nothing has been said yet. */
  static async dial(url: string, options: ClientOptions = {}): Promise<SignallingClient> {
    const socket = new WebSocket(url, options);
    const client = new SignallingClient(socket);
    await once(socket, 'open');
    return client;
  }

  /** Ready for use: `ready` was heard and the user is named. */
  static async connect(url: string, options: ClientOptions = {}): Promise<SignallingClient> {
    const client = await SignallingClient.dial(url, options);
    await client.hear('ready');
    client.send({ type: 'set_user_id', user_id: 'test' });
    await client.hear('user_id_set');
    return client;
  }

  send(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  /** The first message of a type, or of a request, whether it has come already or not. */
  async hear<Type extends ServerMessage['type']>(
    type: Type,
    matches: (message: MessageOf<Type>) => boolean = () => true,
  ): Promise<MessageOf<Type>> {
    const { promise, resolve } = Promise.withResolvers<MessageOf<Type>>();
    const look = (): void => {
      const found = this.heard.find(
        (message): message is MessageOf<Type> => message.type === type && matches(message as MessageOf<Type>),
      );
      if (found) resolve(found);
    };
    this.#waiting.add(look);
    look();
    const found = await promise;
    this.#waiting.delete(look);
    return found;
  }

  /** Sends a request and gives its reply, whatever type that has. */
  async ask(message: object): Promise<ServerMessage> {
    this.#requests += 1;
    const id = `r${this.#requests}`;
    this.send({ ...message, request_id: id });
    return this.replyTo(id);
  }

  /** The reply to a request id. */
  async replyTo(id: string): Promise<ServerMessage> {
    const { promise, resolve } = Promise.withResolvers<ServerMessage>();
    const look = (): void => {
      const found = this.heard.find((message) => 'request_id' in message && message.request_id === id);
      if (found) resolve(found);
    };
    this.#waiting.add(look);
    look();
    const found = await promise;
    this.#waiting.delete(look);
    return found;
  }

  api(method: string, path: string, body?: unknown): Promise<ServerMessage> {
    return this.ask({ type: 'api', method, path, ...(body !== undefined && { body }) });
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}
