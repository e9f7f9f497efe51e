import { once } from 'node:events';
import { WebSocket } from 'ws';

/**
 * A client that knows the base protocol and nothing else, written from its description and not from our schemas: it
 * must not learn of an extension, nor of a change that we make to both sides at once. It ignores types that it does
 * not know, and fails on a base message that lacks something, or has something that the base protocol has not.
 */

type Message = Record<string, unknown> & { type: string };
type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string' && value !== '';
const status: Check = (value) => Number.isInteger(value) && Number(value) >= 200 && Number(value) < 600;
const texts: Check = (value) => Array.isArray(value) && value.every((entry) => typeof entry === 'string');
const anything: Check = () => true;
const servers: Check = (value) =>
  isObject(value) && Array.isArray(value.iceServers) && value.iceServers.every((entry) => isObject(entry));

/** Fields of each base message; a question mark makes one optional. */
const base: Record<string, Record<string, Check>> = {
  ready: { connection_id: text, 'capabilities?': texts },
  user_id_set: { user_id: text },
  ice_servers: { request_id: text, data: servers, status },
  answer: { request_id: text, sdp: text, sdp_type: (value) => value === 'answer', sessionId: text },
  icecandidate_ack: { request_id: text, status: (value) => value === 'ok' || value === 'end_of_candidates' },
  api_response: { request_id: text, status, 'data?': anything, 'error?': anything },
  pong: { 'request_id?': text },
  logs: { lines: texts },
  error: { error: text, 'code?': text, 'request_id?': text, 'detail?': anything },
  credits_exhausted: {},
  stream_terminated: { reason: text },
};

/** Of a base message: what is missing, wrong, or unknown to the base protocol. */
function faults(message: Message): string[] {
  const fields = base[message.type];
  if (fields === undefined) return [];
  const wrong = Object.entries(fields).flatMap(([field, fits]) => {
    const name = field.replace('?', '');
    if (!(name in message)) return field === name ? [`${message.type} lacks ${name}`] : [];
    return fits(message[name]) ? [] : [`${message.type}.${name} is ${JSON.stringify(message[name])}`];
  });
  const unknown = Object.keys(message).filter(
    (name) => name !== 'type' && !(name in fields) && !(`${name}?` in fields),
  );
  return [...wrong, ...unknown.map((name) => `${message.type} has ${name}`)];
}

export class BaseClient {
  /** Base messages, in order. */
  readonly heard: Message[] = [];
  readonly faults: string[] = [];
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;
  readonly #waiting = new Set<() => void>();
  #requests = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data, isBinary) => this.#hear((data as Buffer).toString('utf8'), isBinary));
    this.closed = new Promise((resolve) => {
      socket.once('close', (code) => resolve(code));
    });
  }

  static async dial(url: string, headers: Record<string, string>): Promise<BaseClient> {
    const socket = new WebSocket(url, { headers });
    const client = new BaseClient(socket);
    await once(socket, 'open');
    return client;
  }

  send(message: object | string): void {
    this.#socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** Sends a request; the reply must be of that type. */
  async ask(message: Message, replyType: string): Promise<Message> {
    this.#requests += 1;
    const id = `base-${this.#requests}`;
    this.send({ ...message, request_id: id });
    const reply = await this.hear(({ request_id: of }) => of === id);
    if (reply.type !== replyType) throw new Error(`${message.type} got ${JSON.stringify(reply)}`);
    return reply;
  }

  /** @throws {Error} If the status is another. */
  async api(wanted: number, method: string, path: string, body?: unknown): Promise<unknown> {
    const call = { type: 'api', method, path, ...(body !== undefined && { body }) };
    const reply = await this.ask(call, 'api_response');
    if (reply.status !== wanted) throw new Error(`${method} ${path}: ${JSON.stringify(reply)}`);
    if ('error' in reply === wanted < 400) throw new Error(`${wanted} with ${JSON.stringify(reply)}`);
    return reply.data;
  }

  /** The first that matches, whether it has come already or not. */
  async hear(matches: (message: Message) => boolean): Promise<Message> {
    const { promise, resolve } = Promise.withResolvers<Message>();
    const look = (): void => {
      const found = this.heard.find(matches);
      if (found) resolve(found);
    };
    this.#waiting.add(look);
    look();
    const found = await promise;
    this.#waiting.delete(look);
    return found;
  }

  /** Goes without a word. */
  cut(): void {
    this.#socket.terminate();
  }

  async close(): Promise<void> {
    this.#socket.close(1000);
    await this.closed;
  }

  #hear(frame: string, isBinary: boolean): void {
    if (isBinary) this.faults.push('a binary frame');
    const message: unknown = JSON.parse(frame);
    if (!isObject(message) || typeof message.type !== 'string') {
      this.faults.push(`no message: ${frame}`);
      return;
    }
    const known = { ...message, type: message.type };
    if (!(known.type in base)) return;
    this.faults.push(...faults(known));
    this.heard.push(known);
    for (const look of this.#waiting) look();
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
