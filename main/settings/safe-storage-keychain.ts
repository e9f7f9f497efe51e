import { safeStorage } from 'electron';
import type { Keychain } from './keychain.ts';

/** Electron's `safeStorage`, by its asynchronous half: the other one may block on a prompt of the system. */
export const safeStorageKeychain: Keychain = {
  async protection() {
    if (!(await safeStorage.isAsyncEncryptionAvailable())) return 'unavailable';
    const isWeak = process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
    return isWeak ? 'weak' : 'protected';
  },
  encrypt: async (text) => (await safeStorage.encryptStringAsync(text)).toString('base64'),
  async decrypt(encrypted) {
    const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(
      Buffer.from(encrypted, 'base64'),
    );
    return { text: result, isOutdated: shouldReEncrypt };
  },
};
