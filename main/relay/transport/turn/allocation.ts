import { classes, Message, methods, parseMessage, TurnProtocol } from 'werift';
import { relaying } from '../../defaults.ts';
import type { ServerPath } from './server-path.ts';
import type { TurnServer } from './turn-servers.ts';

type Request = TurnProtocol['request'];

/** RFC 8489, 9.2.4: the two refusals that no server can sign. */
const unsignedRefusals: readonly number[] = [401, 438];

/**
 * werift's TURN client with four faults mended, each shown in tests/turn: it does not hear the refusals that carry a
 * new nonce, it signs a request that it repeats as if the old signature were part of it, it lets the permission under
 * a channel lapse, and it leaves its allocation to the server for ten minutes, where quotas count it.
 */
export class Allocation extends TurnProtocol {
  readonly path: ServerPath;
  #closing: Promise<void> | null = null;

  constructor({ username, credential }: TurnServer, path: ServerPath) {
    super(path.remoteAddress, username, credential, relaying.lifetimeSeconds, path, {
      channelRefreshTime: relaying.channelRefreshSeconds,
    });
    this.path = path;
  }

  /**
   * Asks the server for an address, `relayedAddress` from then on.
   *
   * @throws What the server, the path or the signal says; everything is closed then.
   */
  async allocate(signal: AbortSignal): Promise<void> {
    const over = Promise.withResolvers<never>();
    const giveUp = () => over.reject(signal.reason);
    this.path.onLost = over.reject;
    signal.addEventListener('abort', giveUp);
    try {
      signal.throwIfAborted();
      if (this.path.closed) throw new Error('the server closed the connection');
      await Promise.race([this.connectionMade(), over.promise]);
    } catch (error) {
      await this.close();
      throw readable(error);
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  override async connectionMade(): Promise<void> {
    const made = super.connectionMade();
    const toWerift = this.path.onData;
    this.path.onData = (packet, from) => {
      this.#hearRefusal(packet);
      toWerift(packet, from);
    };
    await made;
  }

  override async request(...[message, ...rest]: Parameters<Request>): ReturnType<Request> {
    const attributes = message.getAttributes().filter(([name]) => !signatures.includes(name));
    message.clear();
    for (const [name, value] of attributes) message.setAttribute(name, value);
    return super.request(message, ...rest);
  }

  /** Gives the address back. Called again, waits for the same end. */
  override close(): Promise<void> {
    this.#closing ??= this.#leave();
    return this.#closing;
  }

  async #leave(): Promise<void> {
    if (this.relayedAddress && !this.path.closed) {
      const goodbye = new Message(methods.REFRESH, classes.REQUEST).setAttribute('LIFETIME', 0);
      // A server that does not answer lets the allocation lapse by itself.
      await this.requestWithRetry(goodbye, this.server, AbortSignal.timeout(relaying.goodbyeMs)).catch(
        () => undefined,
      );
    }
    for (const transaction of Object.values(this.transactions)) transaction.cancel();
    await super.close();
  }

  /** werift drops an unsigned answer to a signed request, unless the transaction has forgotten its key. */
  #hearRefusal(packet: Buffer): void {
    const answer = parseMessage(packet);
    if (answer?.messageClass !== classes.ERROR || answer.attributesKeys.includes('MESSAGE-INTEGRITY')) return;
    const [code] = answer.getAttributeValue('ERROR-CODE') ?? [];
    const transaction = this.transactions[answer.transactionIdHex];
    if (transaction && unsignedRefusals.includes(code))
      Object.assign(transaction, { integrityKey: undefined });
  }
}

const signatures: readonly string[] = ['MESSAGE-INTEGRITY', 'FINGERPRINT'];

/** werift's own errors have no message. */
function readable(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if (error.message !== '') return error;
  const { response } = error as { response?: Message };
  const [code, phrase] = response?.getAttributeValue('ERROR-CODE') ?? [];
  return new Error(code === undefined ? 'no answer' : `${code} ${phrase}`, { cause: error });
}
