import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Keychain, Protection } from './keychain.ts';
import { Secrets, type EncryptedSecrets, type WeakStorageAnswer } from './secrets.ts';

/** A keychain that scrambles, and like the real one refuses weak protection until that was allowed. */
function fakeKeychain(protection: Protection): Keychain {
  let isUsable = protection === 'protected';
  const usable = <Value>(value: Value): Promise<Value> =>
    isUsable ? Promise.resolve(value) : Promise.reject(new Error('Encryption is not available.'));
  const flip = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0x5a));
  return {
    protection: () => Promise.resolve(protection),
    allowWeak: () => {
      if (protection === 'weak') isUsable = true;
    },
    encrypt: (text) => usable(flip(Buffer.from(text)).toString('base64')),
    decrypt: (encrypted) =>
      encrypted === 'lost'
        ? Promise.reject(new Error('no key'))
        : usable({ text: flip(Buffer.from(encrypted, 'base64')).toString(), isOutdated: false }),
  };
}

function setUp(protection: Protection = 'protected', answer: WeakStorageAnswer = 'store', accepted = false) {
  const written: EncryptedSecrets[] = [];
  const asked: Protection[] = [];
  const known: string[] = [];
  const secrets = new Secrets({
    keychain: fakeKeychain(protection),
    persistence: { write: (document) => written.push(structuredClone(document)) },
    acceptsWeakStorage: () => accepted,
    askAboutWeakStorage: (told) => {
      asked.push(told);
      // What was written before the user was asked would be the fault.
      expect(written).toEqual([]);
      return Promise.resolve(answer);
    },
    know: (secret) => known.push(secret),
  });
  return { secrets, written, asked, known };
}

const url = 'wss://runner.example/ws';

describe('tokens', () => {
  it('come back after a restart, decrypted by the keychain', async () => {
    const first = setUp();
    await first.secrets.save(url, 'a-token');
    const second = setUp();
    expect(await second.secrets.load(first.written.at(-1))).toEqual([]);
    expect(second.secrets.tokenFor('wss://runner.example/other?x=1')).toBe('a-token');
    expect(second.known).toEqual(['a-token']);
  });

  it('S10: belong to one server and are never given for another', async () => {
    const { secrets } = setUp();
    await secrets.save(url, 'a-token');
    for (const other of ['wss://evil.example/ws', 'ws://runner.example/ws', 'wss://runner.example:8443/ws'])
      expect(secrets.tokenFor(other)).toBeNull();
  });

  it('S10: never reach the file in plain text', async () => {
    const token = fc.stringMatching(/^[\x21-\x7e]{6,64}$/);
    await fc.assert(
      fc.asyncProperty(token, async (secret) => {
        const { secrets, written } = setUp();
        await secrets.save(url, secret);
        expect(written).toHaveLength(1);
        expect(JSON.stringify(written)).not.toContain(secret);
        expect(JSON.stringify(written)).not.toContain(Buffer.from(secret).toString('base64'));
      }),
    );
  });

  it.each(['weak', 'unavailable'] as const)(
    'S10: the user is asked before one is stored (%s)',
    async (kind) => {
      const { secrets, asked } = setUp(kind);
      await secrets.save(url, 'a-token');
      expect(asked).toEqual([kind]);
    },
  );

  it('S10: stored without protection come back after a restart, without asking again', async () => {
    const first = setUp('weak', 'store');
    await first.secrets.save(url, 'a-token');
    const second = setUp('weak', 'cancel', true);
    expect(await second.secrets.load(first.written.at(-1))).toEqual([]);
    expect(await second.secrets.save(url, 'another')).toBe(true);
    expect(second.asked).toEqual([]);
  });

  it('S10: stay in memory when the user wants that, and nothing is written', async () => {
    const { secrets, written } = setUp('weak', 'this-session');
    expect(await secrets.save(url, 'a-token')).toBe(true);
    expect(secrets.tokenFor(url)).toBe('a-token');
    expect(written).toEqual([]);
  });

  it('S10: are not even kept in memory when the user calls it off', async () => {
    const { secrets, written } = setUp('weak', 'cancel');
    expect(await secrets.save(url, 'a-token')).toBe(false);
    expect(secrets.tokenFor(url)).toBeNull();
    expect(written).toEqual([]);
  });

  it('S10: are never written when nothing can encrypt them', async () => {
    const { secrets, written } = setUp('unavailable', 'store');
    await secrets.save(url, 'a-token');
    expect(written).toEqual([]);
  });

  it('S10: of several servers are asked about once, and written once or not at all', async () => {
    const other: [string, string] = ['wss://other.example/ws', 'b-token'];
    const agreed = setUp('weak', 'store');
    expect(await agreed.secrets.saveAll([[url, 'a-token'], other])).toBe(true);
    expect([agreed.asked.length, agreed.written.length]).toEqual([1, 1]);
    expect(agreed.secrets.tokenFor(other[0])).toBe('b-token');
    const refused = setUp('weak', 'cancel');
    expect(await refused.secrets.saveAll([[url, 'a-token'], other])).toBe(false);
    expect([refused.secrets.tokenFor(url), refused.written]).toEqual([null, []]);
    expect(await refused.secrets.saveAll([])).toBe(true);
    expect(refused.asked).toHaveLength(1);
  });

  it('are removed from memory and file', async () => {
    const { secrets, written } = setUp();
    await secrets.save(url, 'a-token');
    secrets.remove(url);
    expect(secrets.tokenFor(url)).toBeNull();
    expect(written.at(-1)).toEqual({});
  });

  it('that cannot be decrypted any more are named, and kept for a keychain that comes back', async () => {
    const { secrets, written } = setUp();
    expect(await secrets.load({ 'wss://old.example': 'lost' })).toEqual(['wss://old.example']);
    await secrets.save(url, 'a-token');
    expect(written.at(-1)).toHaveProperty(['wss://old.example'], 'lost');
  });

  it('a secrets file of another shape is no reason not to start', async () => {
    const { secrets } = setUp();
    expect(await secrets.load(['nonsense'])).toEqual([]);
  });
});
