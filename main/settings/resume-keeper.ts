import * as v from 'valibot';
import type { Keychain } from './keychain.ts';
import type { Persistence } from './persistence.ts';

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
const ticketSchema = v.strictObject({ url: text, token: text, endpoint: text });
const documentSchema = v.strictObject({ ticket: v.exactOptional(text) });

/** What brings a crashed app back to the session it had; as secret as a token. */
type Ticket = v.InferOutput<typeof ticketSchema>;

/** The ticket, encrypted (base64); nothing when there is none. */
export type ResumeDocument = v.InferOutput<typeof documentSchema>;

export interface ResumeKeeperOptions {
  keychain: Keychain;
  persistence: Persistence<ResumeDocument>;
  /** Whether the user once agreed that tokens are stored without protection. Nobody is asked for a ticket. */
  acceptsWeakStorage: () => boolean;
  /** Told each ticket's token before anything is done with it, so that no log line shows it. */
  know: (secret: string) => void;
  /** Told that the ticket could not be stored. The error may quote it, so it is not passed on. */
  failed: () => void;
}

/**
 * Keeps the latest ticket in a file of its own, encrypted (S10). It is written as soon as it is encrypted, since
 * the app may be killed at any time; of several that come meanwhile only the last is. Where the system protects
 * nothing and the user did not agree to that, nothing is written: a crash then costs the session, no more.
 */
export class ResumeKeeper {
  readonly #options: ResumeKeeperOptions;
  #isStored = false;
  /** The ticket that is to be stored; of an earlier one nothing is written any more. */
  #wanted: Ticket | null = null;
  #work: Promise<void> = Promise.resolve();

  constructor(options: ResumeKeeperOptions) {
    this.#options = options;
  }

  /**
   * The ticket that a file held. One that can't be decrypted is of no use to anybody, so it goes. The keychain
   * is not touched when there is none.
   */
  async load(held: unknown): Promise<Ticket | null> {
    const document = v.safeParse(documentSchema, held);
    const encrypted = document.success ? document.output.ticket : undefined;
    if (encrypted === undefined) return null;
    this.#isStored = true;
    const { keychain, acceptsWeakStorage, know } = this.#options;
    if (acceptsWeakStorage()) keychain.allowWeak();
    const ticket = await keychain.decrypt(encrypted).then(
      ({ text }) => parseTicket(text),
      () => null,
    );
    if (ticket === null) this.#remove();
    else know(ticket.token);
    return ticket;
  }

  /** @param ticket Null when there is no session to come back to. */
  keep(ticket: Ticket | null): void {
    this.#wanted = ticket;
    if (ticket === null) {
      this.#remove();
      return;
    }
    const { url, token, endpoint } = ticket;
    this.#options.know(token);
    this.#wanted = { url, token, endpoint };
    const wanted = this.#wanted;
    this.#work = this.#work.then(() => this.#store(wanted)).catch(() => this.#options.failed());
  }

  /** Resolves when nothing is being written any more. */
  settled(): Promise<void> {
    return this.#work;
  }

  async #store(ticket: Ticket): Promise<void> {
    const { keychain, persistence, acceptsWeakStorage } = this.#options;
    if (this.#wanted !== ticket) return;
    const protection = await keychain.protection();
    const isWeak = protection === 'weak';
    if (protection === 'unavailable' || (isWeak && !acceptsWeakStorage())) return;
    if (isWeak) keychain.allowWeak();
    const encrypted = await keychain.encrypt(JSON.stringify(ticket));
    if (this.#wanted !== ticket) return;
    persistence.write({ ticket: encrypted });
    this.#isStored = true;
  }

  #remove(): void {
    if (!this.#isStored) return;
    this.#options.persistence.write({});
    this.#isStored = false;
  }
}

/** Undefined shapes are those of other versions: null. */
function parseTicket(json: string): Ticket | null {
  try {
    const parsed = v.safeParse(ticketSchema, JSON.parse(json));
    return parsed.success ? parsed.output : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
