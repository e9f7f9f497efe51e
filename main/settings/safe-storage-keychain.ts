import { safeStorage } from 'electron';
import type { Keychain } from './keychain.ts';

/** Electron's `safeStorage`, by its asynchronous half: the other one may block on a prompt of the system. */
export const safeStorageKeychain: Keychain = {
  async protection() {
    if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text')
      return 'weak';
    return (await safeStorage.isAsyncEncryptionAvailable()) ? 'protected' : 'unavailable';
  },
  // Without it Electron encrypts nothing on a Linux without a keyring.
  allowWeak: () => safeStorage.setUsePlainTextEncryption(true),
  encrypt: async (text) => (await safeStorage.encryptStringAsync(text)).toString('base64'),
  async decrypt(encrypted) {
    const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(
      Buffer.from(encrypted, 'base64'),
    );
    return { text: result, isOutdated: shouldReEncrypt };
  },
};
