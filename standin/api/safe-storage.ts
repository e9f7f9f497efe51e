import { createCipheriv, createDecipheriv, pbkdf2Sync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { strictModule } from '../core/not-implemented.ts';
import { app } from './app.ts';

/** Chromium's OSCrypt on Linux: AES-128-CBC, PBKDF2 with one round, an IV of spaces. */
const keyBytes = 16;
const iv = Buffer.alloc(keyBytes, ' ');
const salt = 'saltysalt';
/** Prefix by kind of key: v10 the built-in password, v11 one from a keyring. */
const plainPrefix = 'v10';
const keyringPrefix = 'v11';

let plainText = false;

/** STANDIN_KEYRING=1 plays a desktop with a keyring; its secret is a file in userData. */
const hasKeyring = (): boolean => process.env.STANDIN_KEYRING === '1';

/** Made at the first use, readable by the user only. */
function keyringPassword(): string {
  const file = path.join(app.getPath('userData'), 'standin-keyring');
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, randomBytes(keyBytes).toString('hex'), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8');
}

/** Chromium's own password when there is no keyring: anyone can compute this key. */
function keyFor(prefix: string): Buffer {
  const password = prefix === keyringPrefix ? keyringPassword() : 'peanuts';
  return pbkdf2Sync(password, salt, 1, keyBytes, 'sha1');
}

const isAvailable = (): boolean => app.isReady() && (hasKeyring() || plainText);

/** @throws {Error} In Electron's words when encryption is unavailable. */
function encrypt(text: string): Buffer {
  if (!isAvailable())
    throw new Error(
      'Error while encrypting the text provided to safeStorage.encryptString. Encryption is not available.',
    );
  const prefix = hasKeyring() ? keyringPrefix : plainPrefix;
  const cipher = createCipheriv('aes-128-cbc', keyFor(prefix), iv);
  return Buffer.concat([Buffer.from(prefix), cipher.update(text, 'utf8'), cipher.final()]);
}

/** @throws {Error} In Electron's words for bytes that it did not make. */
function decrypt(encrypted: Buffer): string {
  const prefix = encrypted.subarray(0, plainPrefix.length).toString('latin1');
  const failure = 'Error while decrypting the ciphertext provided to safeStorage.decryptString.';
  if (!isAvailable()) throw new Error(`${failure} Decryption is not available.`);
  if (prefix !== plainPrefix && prefix !== keyringPrefix)
    throw new Error(`${failure} Ciphertext does not appear to be encrypted.`);
  try {
    const decipher = createDecipheriv('aes-128-cbc', keyFor(prefix), iv);
    const body = encrypted.subarray(prefix.length);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch (error) {
    throw new Error(failure, { cause: error });
  }
}

/**
 * `safeStorage` as on a Linux machine without a keyring: unavailable until the app accepts the built-in
 * password with `setUsePlainTextEncryption`. The bytes are those of real Electron for that password.
 */
export const safeStorage = strictModule('safeStorage', {
  encryptStringAsync: async (text: string): Promise<Buffer> => encrypt(text),
  decryptStringAsync: async (encrypted: Buffer): Promise<Electron.DecryptStringAsyncReturnValue> => ({
    result: decrypt(encrypted),
    shouldReEncrypt: false,
  }),
  encryptString: encrypt,
  decryptString: decrypt,
  isEncryptionAvailable: isAvailable,
  isAsyncEncryptionAvailable: (): Promise<boolean> => Promise.resolve(isAvailable()),
  getSelectedStorageBackend: (): 'basic_text' | 'gnome_libsecret' =>
    hasKeyring() ? 'gnome_libsecret' : 'basic_text',
  setUsePlainTextEncryption(usePlainText: boolean): void {
    plainText = usePlainText;
  },
} satisfies Partial<Electron.SafeStorage>);
