/** How well the system protects what it encrypts for us. */
export type Protection =
  /** The user's keychain, keyring or DPAPI. */
  | 'protected'
  /** Encrypted with a key that everybody knows: Linux without a keyring (`basic_text`). */
  | 'weak'
  /** The system encrypts nothing. */
  | 'unavailable';

export interface Keychain {
  protection(): Promise<Protection>;
  /** From now on encrypts where the protection is weak too. Only after the user agreed. */
  allowWeak(): void;
  /** @returns Base64. */
  encrypt(text: string): Promise<string>;
  /** @throws When the text was encrypted with a key that is gone. */
  decrypt(encrypted: string): Promise<{ text: string; isOutdated: boolean }>;
}
