import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { FleetClient } from './fleet-client.ts';
import { balancerIsMissing } from './balancer.ts';
import { Fleet, slots, token, type RunnerId } from './fleet.ts';
import { Report } from './report.ts';

const missing = balancerIsMissing();
if (missing !== null) console.log(`Not tested behind a balancer: ${missing}`);

/*
 * A fleet's day: its slots fill up, links lie idle, the balancer loses every connection, runners are replaced one
 * after the other, and one is killed. Each test goes on where the one before it ended.
 */
let fleet: Fleet;
/** Those who stay, and all that there ever were. */
let clients: FleetClient[] = [];
const everyone: FleetClient[] = [];
/** Sockets that took a slot and were no links. */
let mutes = 0;
const report = new Report();
/** The test with which the story broke off. */
let ended: string | null = null;
/** Sessions that clients had begun on a runner before it was last started. */
const before = new Map<RunnerId, number>();

async function newClient(options: Parameters<typeof FleetClient.start>[2] = {}): Promise<FleetClient> {
  const client = await FleetClient.start(fleet.url, everyone.length, options);
  everyone.push(client);
  return client;
}

async function leave(client: FleetClient): Promise<void> {
  clients = clients.filter((other) => other !== client);
  await client.close();
}

const watchAll = (): void => clients.forEach((client) => client.watch());
const allMove = (): Promise<void[]> => Promise.all(clients.map((client) => client.moves()));
const sessionsAt = (id: RunnerId): number => everyone.reduce((sum, client) => sum + client.sessionsAt(id), 0);

/** Runners, balancer and clients tell the same: a session for each client, and no other. */
async function expectNoneLostNoneDoubled(): Promise<void> {
  const told = async (): Promise<object> =>
    Object.fromEntries(
      await Promise.all(
        fleet.ids.map(async (id) => {
          const { attached, lingering, http, free } = await fleet.account(id);
          return [id, { attached, lingering, http, free, connections: await fleet.balancer.connections(id) }];
        }),
      ),
    );
  const here = (id: RunnerId): number => clients.filter(({ at }) => at === id).length;
  const counted = fleet.ids.map((id) => [
    id,
    { attached: here(id), lingering: 0, http: 0, free: slots - here(id), connections: here(id) },
  ]);
  await expect.poll(told, { timeout: 20_000 }).toEqual(Object.fromEntries(counted));
}

describe.skipIf(missing !== null)('a fleet behind a balancer', () => {
  beforeAll(async () => {
    fleet = await Fleet.start();
  });

  afterAll(async () => {
    await Promise.all(everyone.map((client) => client.close()));
    await fleet?.close();
    console.log(report.table());
  });

  // What comes after a test that failed would only wait for what never happens.
  beforeEach(({ skip }) => {
    if (ended !== null) skip(`after the failure of "${ended}"`);
  });
  afterEach(({ task }) => {
    if (task.result?.state === 'fail') ended ??= task.name;
  });

  it('A44: fills up, refuses who is one too many with a reason, and lets them in once there is room', async () => {
    while (clients.length < slots * fleet.ids.length) {
      // oxlint-disable-next-line no-await-in-loop -- all at once would meet the balancer between two health checks
      const client = await newClient();
      clients.push(client);
      // oxlint-disable-next-line no-await-in-loop -- as above
      await client.liveAt(() => true);
    }
    await Promise.all(fleet.ids.map((id) => fleet.balancer.sees(id, 'DOWN')));
    await expectNoneLostNoneDoubled();

    const patient = await newClient({ slowRetryMs: 1_000 });
    const { fault } = await patient.link.phase('failed');
    expect(fault).toEqual({ kind: 'no-free-slot' });
    await leave(clients[0]!);
    await patient.liveAt(() => true);
    clients.push(patient);

    const asking = await newClient();
    await asking.link.phase('failed');
    const [first] = clients;
    await leave(first!);
    await fleet.balancer.sees(first!.at, 'UP');
    asking.link.host.retryNow();
    await asking.liveAt(() => true);
    clients.push(asking);

    await allMove();
    await expectNoneLostNoneDoubled();
    report.add('slots fill up, two too many', clients);
    await Promise.all(fleet.ids.map((id) => leave(clients.find(({ at }) => at === id)!)));
    // Until its next checks the balancer takes all of them for full.
    await Promise.all(fleet.ids.map((id) => fleet.balancer.sees(id, 'UP')));
  });

  it('keeps a link that lies idle, three times as long as it takes to be cut', async () => {
    watchAll();
    const idle = await newClient({ attached: false });
    await idle.link.phase('connecting', ({ stage }) => stage === 'negotiating');
    idle.watch();
    for (mutes = 0; mutes < 3; mutes += 1) {
      const headers = { authorization: `Bearer ${token}` };
      // oxlint-disable-next-line no-await-in-loop -- one after the other, so that time passes
      const [code] = (await once(new WebSocket(fleet.url, { headers }), 'close')) as [number];
      expect(code).toBe(1006);
    }
    expect(idle.phases).toEqual([]);
    expect(idle.visits).toHaveLength(1);
    await idle.attach();
    await idle.liveAt(() => true);
    await idle.moves();
    expect(idle.visits).toHaveLength(1);
    expect(new Set(clients.flatMap(({ phases }) => phases))).toEqual(new Set(['live']));
    report.add('idle for 15 s', clients);
    await leave(idle);
    await expectNoneLostNoneDoubled();
  });

  it('takes every session up again on its own runner after the balancer lost all connections', async () => {
    const places = clients.map(({ at }) => at);
    const visits = clients.map((client) => client.visits.length);
    watchAll();
    await fleet.balancer.cutAll();
    await Promise.all(
      clients.map((client, index) => client.liveAt(() => client.visits.length > visits[index]!)),
    );
    await allMove();
    expect(clients.map((client) => client.visits.at(-1))).toEqual(
      places.map((runner) => ({ runner, how: 'resumed' })),
    );
    await expectNoneLostNoneDoubled();
    const accounts = await Promise.all(fleet.ids.map((id) => fleet.account(id)));
    const total = (field: 'attached' | 'ended' | 'hits' | 'misses'): number =>
      accounts.reduce((sum, account) => sum + account[field], 0);
    expect(total('hits')).toBe(clients.length);
    expect(total('misses')).toBe(0);
    const begun = fleet.ids.reduce((sum, id) => sum + sessionsAt(id), 0);
    expect(total('attached') + total('ended')).toBe(begun + mutes);
    report.add('balancer cuts all', clients);
  });

  it.each(['a', 'b', 'c'] as const)(
    'A49, A62: %s is replaced, and its clients are elsewhere before it goes',
    async (id) => {
      const moving = clients.filter(({ at }) => at === id);
      expect(moving.length).toBeGreaterThan(0);
      watchAll();
      const gone = fleet.end(id, 'SIGTERM');
      await Promise.all(moving.map((client) => client.liveAt((runner) => runner !== id)));
      await gone;
      await allMove();
      expect(clients.flatMap(({ phases }) => phases)).not.toContain('recovering');
      report.add(`${id} is replaced`, moving);
      before.set(id, sessionsAt(id));
      await fleet.replace(id);
      await expectNoneLostNoneDoubled();
    },
  );

  it('begins new sessions elsewhere, at once, when a runner is killed', async () => {
    const loads = fleet.ids.map((id) => clients.filter(({ at }) => at === id).length);
    const id = fleet.ids[loads.indexOf(Math.max(...loads))]!;
    const moving = clients.filter(({ at }) => at === id);
    watchAll();
    await fleet.end(id, 'SIGKILL');
    await Promise.all(moving.map((client) => client.liveAt((runner) => runner !== id)));
    await allMove();
    for (const { told, visits } of moving) {
      // The balancer answers for the dead runner: its own address is dialled once, not four times.
      expect(told.filter((what) => what.startsWith('Taking the session up again'))).toHaveLength(1);
      expect(visits.at(-1)!.how).toBe('new');
    }
    report.add(`${id} is killed`, moving);
    before.set(id, sessionsAt(id));
    await fleet.replace(id);
    await expectNoneLostNoneDoubled();
  });

  it('has counted in /metrics what the clients have seen', async () => {
    const shown = new Map(
      await Promise.all(fleet.ids.map(async (id) => [id, await fleet.account(id)] as const)),
    );
    for (const [id, { attached, ended, hits, misses }] of shown) {
      expect({ id, begun: attached + ended }).toEqual({ id, begun: sessionsAt(id) - before.get(id)! });
      expect({ id, hits, misses }).toEqual({ id, hits: 0, misses: 0 });
    }
    await allMove();
    const busy = fleet.ids.filter((id) => shown.get(id)!.attached > 0);
    const go = async (): Promise<boolean[]> =>
      Promise.all(busy.map(async (id) => (await fleet.account(id)).framesSent > shown.get(id)!.framesSent));
    await expect.poll(go, { timeout: 20_000 }).toEqual(busy.map(() => true));
  });
});
