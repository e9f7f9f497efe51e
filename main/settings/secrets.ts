import * as v from 'valibot';
import type { Keychain, Protection } from './keychain.ts';
import type { Persistence } from './persistence.ts';

const encryptedByAddress = v.record(v.string(), v.string());

/** Encrypted tokens (base64) by the address they belong to. */
export type EncryptedSecrets = v.InferOutput<typeof encryptedByAddress>;

/** What the user lets us do with a token that the system would not protect. */
export type WeakStorageAnswer = 'store' | 'this-session' | 'cancel';

export interface SecretsOptions {
  keychain: Keychain;
  persistence: Persistence<EncryptedSecrets>;
  /** Whether the user once agreed that tokens are stored without protection. */
  acceptsWeakStorage(): boolean;
  /** Asked before the first token is stored without protection (S10). */
  askAboutWeakStorage(protection: Exclude<Protection, 'protected'>): Promise<WeakStorageAnswer>;
  /** Told each token before it is used, so that no log line shows it. */
  know(secret: string): void;
}

/**
 * Tokens by endpoint. A token belongs to the address it was entered for and is never given for another one,
 * so a changed address cannot carry it to a foreign server. In the file there is only what the keychain
 * encrypted; plain text stays in this object.
 */
export class Secrets {
  readonly #options: SecretsOptions;
  readonly #tokens = new Map<string, string>();
  #encrypted: EncryptedSecrets = {};

  constructor(options: SecretsOptions) {
    this.#options = options;
  }

  /**
   * Decrypts what a file held. The keychain is not touched when there is nothing to decrypt: on macOS it
   * would ask the user.
   *
   * @returns Addresses whose token could not be decrypted. Their entries are kept.
   */
  async load(held: unknown): Promise<string[]> {
    const parsed = v.safeParse(encryptedByAddress, held);
    this.#encrypted = parsed.success ? parsed.output : {};
    const unreadable: string[] = [];
    const entries = Object.entries(this.#encrypted);
    if (entries.length > 0 && this.#options.acceptsWeakStorage()) this.#options.keychain.allowWeak();
    for (const [address, encrypted] of entries) {
      try {
        const { text, isOutdated } = await this.#options.keychain.decrypt(encrypted);
        this.#keep(address, text);
        if (isOutdated) await this.#store(address, text);
      } catch {
        // Why the keychain refuses is not ours to tell, and its message may quote what it was given.
        unreadable.push(address);
      }
    }
    return unreadable;
  }

  tokenFor(url: string): string | null {
    return this.#tokens.get(addressOf(url)) ?? null;
  }

  /** @returns False when the user called it off: then nothing was changed. */
  save(url: string, token: string): Promise<boolean> {
    return this.saveAll([[url, token]]);
  }

  /**
   * Saves several at once, and asks once for all of them.
   *
   * @param tokens Addresses with their tokens.
   * @returns False when the user called it off: then nothing was changed.
   * @throws When the keychain does not encrypt one; then none was saved.
   */
  async saveAll(tokens: readonly (readonly [url: string, token: string])[]): Promise<boolean> {
    if (tokens.length === 0) return true;
    const { keychain } = this.#options;
    const protection = await keychain.protection();
    const answer = await this.#mayStore(protection);
    if (answer === 'cancel') return false;
    if (answer === 'store' && protection === 'weak') keychain.allowWeak();
    const isStored = answer === 'store' && protection !== 'unavailable';
    for (const [, token] of tokens) this.#options.know(token);
    const encrypted: EncryptedSecrets = {};
    if (isStored)
      for (const [url, token] of tokens) encrypted[addressOf(url)] = await keychain.encrypt(token);
    for (const [url, token] of tokens) {
      this.#keep(addressOf(url), token);
      if (!isStored) this.#forgetStored(addressOf(url));
    }
    if (isStored) this.#write({ ...this.#encrypted, ...encrypted });
    return true;
  }

  remove(url: string): void {
    const address = addressOf(url);
    this.#tokens.delete(address);
    this.#forgetStored(address);
  }

  async #mayStore(protection: Protection): Promise<WeakStorageAnswer> {
    if (protection === 'protected') return 'store';
    if (protection === 'weak' && this.#options.acceptsWeakStorage()) return 'store';
    return this.#options.askAboutWeakStorage(protection);
  }

  #keep(address: string, token: string): void {
    this.#options.know(token);
    this.#tokens.set(address, token);
  }

  async #store(address: string, token: string): Promise<void> {
    const encrypted = await this.#options.keychain.encrypt(token);
    this.#write({ ...this.#encrypted, [address]: encrypted });
  }

  #forgetStored(address: string): void {
    if (!Object.hasOwn(this.#encrypted, address)) return;
    const { [address]: _gone, ...others } = this.#encrypted;
    this.#write(others);
  }

  #write(encrypted: EncryptedSecrets): void {
    this.#encrypted = encrypted;
    this.#options.persistence.write(encrypted);
  }
}

/**
 * Scheme, host and port: a token is the server's, whatever path and query are added. What is no address, as in a
 * settings file that was edited by hand, has none.
 */
const addressOf = (url: string): string => {
  const parsed = URL.parse(url);
  return parsed === null ? url : `${parsed.protocol}//${parsed.host}`;
};
