import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunnerOptions } from '../../runner/src/config/runner-options.ts';
import { startRunner, type Runner } from '../../runner/src/start-runner.ts';
import type { SessionInfo } from '../../shared/wire/sessions.ts';
import { SignallingClient } from './signalling-client.ts';

const crowd = 200;
let runner: Runner;
let before: Record<string, number>;

beforeEach(() => {
  before = handles();
});

/** What keeps this process alive, by kind. */
function handles(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

afterEach(async () => {
  await runner.close();
  await expect.poll(handles).toEqual(before);
});

async function start(options: Partial<RunnerOptions>): Promise<void> {
  runner = await startRunner({ port: 0, logLevel: 'silent', ...options });
}

function all<Value>(make: (index: number) => Promise<Value>): Promise<Value[]> {
  return Promise.all(Array.from({ length: crowd }, (_, index) => make(index)));
}

async function ownSession(client: SignallingClient): Promise<SessionInfo> {
  const reply = await client.api('GET', '/api/v1/session');
  if (reply.type !== 'api_response' || reply.status !== 200) throw new Error(JSON.stringify(reply));
  return reply.data as SessionInfo;
}

async function tokenOf(client: SignallingClient): Promise<string> {
  const { resume_token: token } = await client.hear('ready');
  if (token === undefined) throw new Error('no resume token');
  return token;
}

const announcing = (token: string): { headers: Record<string, string> } => ({
  headers: { 'linkspan-resume': token },
});

/** All come back at once, each with its token. */
function comeBack(clients: readonly SignallingClient[]): Promise<SignallingClient[]> {
  return all(async (index) => {
    const client = await SignallingClient.dial(runner.url, announcing(await tokenOf(clients[index]!)));
    await client.hear('resumed');
    await client.hear('ready');
    return client;
  });
}

describe('200 clients at once', () => {
  it('A44: each comes back to its own session, and none is lost or shared, storm after storm', async () => {
    await start({ slots: crowd, maxConnectionsPerAddress: 0 });
    let clients = await all(async (index) => {
      const client = await SignallingClient.connect(runner.url, announcing('new'));
      client.send({ type: 'set_user_id', user_id: `user ${index}` });
      await client.hear('user_id_set', ({ user_id: name }) => name === `user ${index}`);
      return client;
    });
    const sessions = await Promise.all(clients.map(ownSession));
    expect(new Set(sessions.map(({ id }) => id)).size).toBe(crowd);
    expect(new Set(sessions.map(({ slot }) => slot)).size).toBe(crowd);
    const tokens = new Set<string>();
    for (const how of ['cut', 'cut', 'taken over']) {
      if (how === 'cut') {
        runner.dropSockets();
        // oxlint-disable-next-line no-await-in-loop -- one storm after the other
        const ends = await Promise.all(clients.map(({ closed }) => closed));
        expect(ends.every(({ code }) => code === 1006)).toBe(true);
      }
      const earlier = clients;
      // oxlint-disable-next-line no-await-in-loop
      clients = await comeBack(clients);
      // oxlint-disable-next-line no-await-in-loop
      const ends = await Promise.all(earlier.map(({ closed }) => closed));
      expect(new Set(ends.map(({ code }) => code))).toEqual(new Set([how === 'cut' ? 1006 : 4001]));
      // oxlint-disable-next-line no-await-in-loop
      const found = await Promise.all(clients.map(ownSession));
      expect(found.map(({ id, slot, user_id }) => [id, slot, user_id])).toEqual(
        sessions.map(({ id, slot, user_id }) => [id, slot, user_id]),
      );
      // oxlint-disable-next-line no-await-in-loop
      for (const token of await Promise.all(clients.map(tokenOf))) tokens.add(token);
      expect(runner.sessions).toBe(crowd);
    }
    expect(tokens.size).toBe(3 * crowd);
    await Promise.all(clients.map((client) => client.close()));
    await expect.poll(() => runner.sessions).toBe(0);
  });

  it('A44: one gets the only slot, 199 are told that there is none, and the next gets it', async () => {
    await start({ slots: 1 });
    const clients = await all(() => SignallingClient.dial(runner.url));
    const told = await Promise.all(
      clients.map(async (client) => {
        const first = await Promise.race([client.hear('ready'), client.hear('error')]);
        if (first.type === 'ready') return 'served';
        expect(first.code).toBe('NO_FREE_SLOT');
        expect((await client.closed).code).toBe(1013);
        return 'turned away';
      }),
    );
    expect(told.filter((outcome) => outcome === 'served')).toHaveLength(1);
    const served = clients[told.indexOf('served')]!;
    await served.close();
    const next = await SignallingClient.connect(runner.url);
    await next.close();
  });

  it('leave a runner at work that was cut from all of them, and came back to by none', async () => {
    await start({ slots: crowd, graceMs: 0 });
    const clients = await all(() => SignallingClient.connect(runner.url, announcing('new')));
    const tokens = await Promise.all(clients.map(tokenOf));
    runner.dropSockets();
    await expect.poll(() => runner.sessions).toBe(0);
    const late = await all((index) => SignallingClient.dial(runner.url, announcing(tokens[index]!)));
    const misses = await Promise.all(late.map((client) => client.hear('resume_failed')));
    expect(new Set(misses.map(({ reason }) => reason))).toEqual(new Set(['expired']));
    expect(runner.sessions).toBe(crowd);
  });
});
