/*
 * What idle clients cost: runner and bare `ws` server in turn, each in a process of its own on one core, under the
 * same load from the other. Clients that announce `Linkspan-Resume` are measured too: they are sent a token.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { percentile, report, type BenchRow } from '../result.ts';
import type { FromClients, ToClients } from './idle-clients.ts';
import { cores, LoadProcess } from './pinned-process.ts';
import { ServerProcess } from './server-process.ts';

const counts = [1_000, 5_000, 10_000];
/** Two ping intervals, so that pings come evenly. */
const spreadMs = 10_000;
/** All have been pinged once when the window begins. */
const settleMs = 6_000;
const windowSeconds = 20;
const pingSeconds = 5;
const aim = 1.3;

const runnerArgs = ['--slots', '10000', '--max-connections-per-address', '0', '--log-level', 'warn'];
const runner = (): Promise<ServerProcess> => ServerProcess.runner(runnerArgs, cores.server);
const servers = {
  bare: { start: () => ServerProcess.bare(cores.server), headers: [], counts },
  runner: { start: runner, headers: [], counts },
  'runner, resumable': { start: runner, headers: ['Linkspan-Resume: new'], counts: counts.slice(-1) },
} as const;
type Name = keyof typeof servers;

interface Cost {
  /** Without any client. */
  emptyMiB: number;
  residentMiB: number;
  cpuPercent: number;
  /** Of the event loop, by a timer of 10 ms, which it includes. */
  delayP99Ms: number;
  pongsPerSecond: number;
}

type Clients = LoadProcess<ToClients, FromClients>;
type Opening = Extract<ToClients, { type: 'open' }>;

async function measure(server: ServerProcess, clients: Clients, open: Opening): Promise<Cost> {
  const emptyMiB = server.residentMiB;
  await clients.ask(open);
  await pause(settleMs);
  const before = await clients.ask({ type: 'count' });
  const start = await server.metrics();
  const startedAt = performance.now();
  const resident: number[] = [];
  for (let second = 0; second < windowSeconds; second += 1) {
    await pause(1000);
    resident.push(server.residentMiB);
  }
  const end = await server.metrics();
  const seconds = (performance.now() - startedAt) / 1000;
  const after = await clients.ask({ type: 'count' });
  if (after.open !== open.count) throw new Error(`only ${after.open} are left`);
  const cpu = (metrics: ReadonlyMap<string, number>): number => metrics.get('process_cpu_seconds_total')!;
  return {
    emptyMiB,
    residentMiB: percentile(resident, 0.5),
    cpuPercent: (100 * (cpu(end) - cpu(start))) / seconds,
    // It is counted anew from each reading on.
    delayP99Ms: end.get('nodejs_eventloop_lag_p99_seconds')! * 1000,
    pongsPerSecond: (after.pongs - before.pongs) / seconds,
  };
}

async function run(name: Name, count: number): Promise<Cost> {
  const { start, headers } = servers[name];
  const server = await start();
  // What a start costs is over by then, the runner's spare process included.
  await pause(3000);
  const clients: Clients = new LoadProcess('idle-clients.ts');
  try {
    const cost = await measure(server, clients, { type: 'open', url: server.url, count, spreadMs, headers });
    const { residentMiB, cpuPercent, delayP99Ms, pongsPerSecond } = cost;
    const figures = `${residentMiB.toFixed(0)} MiB, ${cpuPercent.toFixed(2)} %, p99 ${delayP99Ms.toFixed(1)} ms`;
    process.stderr.write(`${count} ${name}: ${figures}, ${pongsPerSecond.toFixed(0)} pongs/s\n`);
    return cost;
  } finally {
    // In this order, so that the server closes its sockets rather than lose them.
    await server.end();
    clients.end();
  }
}

const rows: BenchRow[] = [];
const raw: { name: Name; count: number; cost: Cost }[] = [];
for (const count of counts) {
  const costs = new Map<Name, Cost>();
  const names = (Object.keys(servers) as Name[]).filter((name) => servers[name].counts.includes(count));
  for (const name of names) {
    const cost = await run(name, count);
    costs.set(name, cost);
    raw.push({ name, count, cost });
    const due = count / pingSeconds;
    if (Math.abs(cost.pongsPerSecond - due) > 0.05 * due) {
      process.stderr.write(`(the load was not as it should be: ${due} pongs/s)\n`);
    }
  }
  const n = count.toLocaleString('en');
  const each = (what: string, unit: string, of: (cost: Cost) => number): BenchRow[] =>
    names.map((name) => ({ figure: `${n}: ${what}, ${name}`, value: of(costs.get(name)!), unit }));
  const ratio = (what: string, of: (cost: Cost) => number): BenchRow[] =>
    names.slice(1).map((name) => {
      const value = of(costs.get(name)!) / of(costs.get('bare')!);
      return { figure: `${n}: ${what}, ${name} / bare`, value, aim: `≤ ${aim}`, met: value <= aim };
    });
  rows.push(
    ...each('memory', 'MiB', (cost) => cost.residentMiB),
    ...ratio('memory', (cost) => cost.residentMiB),
    ...each('memory per client', 'KiB', (cost) => ((cost.residentMiB - cost.emptyMiB) * 1024) / count),
    ...each('CPU', '% of core', (cost) => cost.cpuPercent),
    ...ratio('CPU', (cost) => cost.cpuPercent),
    ...each('event loop p99 (10 ms timer)', 'ms', (cost) => cost.delayP99Ms),
  );
}
report({ title: 'Runner: idle clients at a ping every 5 s, beside a bare ws server', rows, raw });
process.exit(0);
