import { randomUUID } from 'node:crypto';
import { StrictEmitter } from '../core/strict-emitter.ts';
import type { Encoded } from '../wire/codec.ts';
import type { MainMessage } from '../wire/messages.ts';
import { cloneOrThrow, nodeCodec } from '../wire/node-codec.ts';

/** Where a port's messages go: to its other half here, or into a page. */
type Peer =
  | { kind: 'port'; port: MessagePortMain }
  | { kind: 'page'; id: string; post: (message: MainMessage) => void }
  | { kind: 'closed' };

type PortMembers = Pick<Electron.MessagePortMain, 'close' | 'postMessage' | 'start'>;

/** One end of a channel in the main process. Queues until `start`, as Electron's does. */
export class MessagePortMain extends StrictEmitter implements PortMembers {
  static override readonly events = ['message', 'close'];

  readonly id = `main-${randomUUID()}`;
  #peer: Peer = { kind: 'closed' };
  #queue: unknown[] | null = [];
  /** Set once this end was transferred into a page: what arrives is passed on. */
  #movedTo: ((message: MainMessage) => void) | null = null;

  /** Delivers what came before, in order. */
  start(): void {
    const waiting = this.#queue ?? [];
    this.#queue = null;
    for (const data of waiting) this.#emitMessage(data);
  }

  /** @param transfer Ports cannot be sent through ports here. */
  postMessage(message: unknown, transfer: Electron.MessagePortMain[] = []): void {
    if (transfer.length > 0) throw new Error('stand-in: MessagePortMain.postMessage cannot transfer ports');
    const data = nodeCodec.encode(cloneOrThrow(message, 'An object could not be cloned.'));
    setImmediate(() => this.#send(data));
  }

  close(): void {
    const peer = this.#peer;
    this.#peer = { kind: 'closed' };
    if (peer.kind === 'page') peer.post({ kind: 'port-close', port: peer.id });
    if (peer.kind === 'port') peer.port.closedByPeer();
    this.emit('close');
  }

  /** For whoever makes the pair. */
  connect(peer: Peer): void {
    this.#peer = peer;
  }

  /** This end now lives in a page; its peer stays here. */
  moveTo(post: (message: MainMessage) => void): void {
    if (this.#peer.kind === 'closed' || this.#movedTo) throw new Error('Port at index 0 is already neutered');
    this.#movedTo = post;
    for (const data of this.#queue ?? [])
      post({ kind: 'port-message', port: this.id, data: nodeCodec.encode(data) });
    this.#queue = [];
  }

  /** A message for the listener of this end. */
  deliver(data: Encoded): void {
    if (this.#movedTo) this.#movedTo({ kind: 'port-message', port: this.id, data });
    else if (this.#queue) this.#queue.push(nodeCodec.decode(data));
    else this.#emitMessage(nodeCodec.decode(data));
  }

  /** The page sent through this end, which lives there. */
  sentFromPage(data: Encoded): void {
    this.#send(data);
  }

  /** The other end closed; a page that holds this end is told. */
  closedByPeer(): void {
    this.#peer = { kind: 'closed' };
    this.#movedTo?.({ kind: 'port-close', port: this.id });
    setImmediate(() => this.emit('close'));
  }

  #send(data: Encoded): void {
    if (this.#peer.kind === 'port') this.#peer.port.deliver(data);
    if (this.#peer.kind === 'page') this.#peer.post({ kind: 'port-message', port: this.#peer.id, data });
  }

  #emitMessage(data: unknown): void {
    this.emit('message', { data, ports: [] });
  }
}

export class MessageChannelMain {
  readonly port1 = new MessagePortMain();
  readonly port2 = new MessagePortMain();

  constructor() {
    this.port1.connect({ kind: 'port', port: this.port2 });
    this.port2.connect({ kind: 'port', port: this.port1 });
  }
}
