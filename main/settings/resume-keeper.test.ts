import { describe, expect, it } from 'vitest';
import type { Protection } from './keychain.ts';
import { ResumeKeeper, type ResumeDocument } from './resume-keeper.ts';

const ticket = { url: 'wss://runner-7.example/ws', token: 's3cr3t-ticket', endpoint: 'wss://gpu.example/ws' };
const flip = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0x5a));
const scramble = (text: string): string => flip(Buffer.from(text)).toString('base64');
const unscramble = (text: string): string => flip(Buffer.from(text, 'base64')).toString();

function setUp(protection: Protection = 'protected', accepts = false) {
  const written: ResumeDocument[] = [];
  const known: string[] = [];
  const waiting: (() => void)[] = [];
  let failures = 0;
  let allowed = protection === 'protected';
  let speed: 'fast' | 'slow' | 'broken' = 'fast';
  const keeper = new ResumeKeeper({
    keychain: {
      protection: () => Promise.resolve(protection),
      allowWeak: () => (allowed = true),
      async encrypt(text) {
        if (speed === 'broken' || !allowed) throw new Error(`cannot encrypt ${text}`);
        if (speed === 'slow') await new Promise<void>((resolve) => waiting.push(resolve));
        return scramble(text);
      },
      decrypt: (text) =>
        text === 'lost' || !allowed
          ? Promise.reject(new Error('no key'))
          : Promise.resolve({ text: unscramble(text), isOutdated: false }),
    },
    persistence: { write: (document) => void written.push(document) },
    acceptsWeakStorage: () => accepts,
    know: (secret) => void known.push(secret),
    failed: () => (failures += 1),
  });
  const proceed = async (): Promise<void> => {
    await new Promise(setImmediate);
    for (const go of waiting.splice(0)) go();
    await new Promise(setImmediate);
  };
  return {
    keeper,
    written,
    known,
    proceed,
    failures: () => failures,
    set: (value: typeof speed) => (speed = value),
  };
}

describe('the way back to a session after a crash', () => {
  it('is there for the next start', async () => {
    const first = setUp();
    first.keeper.keep(ticket);
    await first.keeper.settled();
    const second = setUp();
    expect(await second.keeper.load(first.written.at(-1))).toEqual(ticket);
    expect(second.known).toEqual(['s3cr3t-ticket']);
  });

  it('S10: is never written as it is, and known to the log before anything else', async () => {
    const { keeper, written, known } = setUp();
    keeper.keep(ticket);
    expect(known).toEqual(['s3cr3t-ticket']);
    await keeper.settled();
    expect(written).toHaveLength(1);
    expect(JSON.stringify(written)).not.toMatch(/s3cr3t|gpu\.example/);
  });

  it.each<[Protection, boolean, number]>([
    ['protected', false, 1],
    ['weak', false, 0],
    ['weak', true, 1],
    ['unavailable', true, 0],
  ])(
    'S10: where storage is %s and the user agreed: %s, it is written %i times',
    async (kind, accepts, times) => {
      const { keeper, written, failures } = setUp(kind, accepts);
      keeper.keep(ticket);
      await keeper.settled();
      expect([written.length, failures()]).toEqual([times, 0]);
    },
  );

  it('goes when there is nothing to come back to, and is then not written by whoever was late', async () => {
    const { keeper, written, proceed, set } = setUp();
    keeper.keep(ticket);
    await keeper.settled();
    set('slow');
    keeper.keep({ ...ticket, token: 'second' });
    await new Promise(setImmediate);
    keeper.keep(null);
    expect(written.at(-1)).toEqual({});
    await proceed();
    await keeper.settled();
    expect(written).toHaveLength(2);
    keeper.keep(null);
    expect(written).toHaveLength(2);
  });

  it('is the last of several that come while one is encrypted', async () => {
    const { keeper, written, proceed, set } = setUp();
    set('slow');
    for (const token of ['first', 'second', 'third']) keeper.keep({ ...ticket, token });
    await proceed();
    await proceed();
    await keeper.settled();
    expect(written).toEqual([{ ticket: scramble(JSON.stringify({ ...ticket, token: 'third' })) }]);
  });

  it('that cannot be encrypted is told without a word of it, and the next one is', async () => {
    const { keeper, written, failures, set } = setUp();
    set('broken');
    keeper.keep(ticket);
    await keeper.settled();
    expect([written.length, failures()]).toEqual([0, 1]);
    set('fast');
    keeper.keep(ticket);
    await keeper.settled();
    expect(written).toHaveLength(1);
  });

  it.each<[string, unknown]>([
    ['nothing', {}],
    ['nonsense', ['nonsense']],
    ['an unknown key', { ticket: scramble(JSON.stringify(ticket)), extra: 1 }],
    ['a key that is gone', { ticket: 'lost' }],
    ['no JSON', { ticket: scramble('{') }],
    ['another shape', { ticket: scramble(JSON.stringify({ ...ticket, token: 5 })) }],
  ])('is none for a file with %s', async (_what, held) => {
    const { keeper } = setUp();
    expect(await keeper.load(held)).toBeNull();
  });

  it('that cannot be read is removed from the file', async () => {
    const { keeper, written } = setUp();
    await keeper.load({ ticket: 'lost' });
    expect(written).toEqual([{}]);
  });
});
