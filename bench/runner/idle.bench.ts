/*
 * What idle clients cost: runner and bare `ws` server side by side on one core, each in a process of its own, under
 * the same load from the other core. At once and not in turn: what else goes on in the machine then falls on both,
 * and together they take a tenth of the core. Clients that announce `Linkspan-Resume` are sent a token each.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { percentile, report, type BenchRow } from '../result.ts';
import type { FromClients, ToClients } from './idle-clients.ts';
import { cores, LoadProcess } from './pinned-process.ts';
import { ServerProcess } from './server-process.ts';

const counts = [1_000, 5_000, 10_000];
/** Two ping intervals, so that pings come evenly. */
const spreadMs = 10_000;
/** All have been pinged, and what connecting left behind is mostly cleared away, when the window begins. */
const settleMs = 10_000;
const windowSeconds = 30;
/** What a start costs is over by then, the runner's spare process included. */
const startMs = 3000;
const pingSeconds = 5;
const aim = 1.3;

const runnerArgs = ['--slots', '10000', '--max-connections-per-address', '0', '--log-level', 'warn'];
const comparisons = [
  ...counts.map((count) => ({ count, name: 'runner', headers: [] })),
  { count: counts.at(-1)!, name: 'runner, resumable', headers: ['Linkspan-Resume: new'] },
] as const;

interface Cost {
  /** Without any client. */
  emptyMiB: number;
  residentMiB: number;
  cpuPercent: number;
  /** Of the event loop, by a timer of 10 ms, which it includes. */
  delayP99Ms: number;
  pongsPerSecond: number;
}

type Opening = Omit<Extract<ToClients, { type: 'open' }>, 'url'>;

async function measure(server: ServerProcess, opening: Opening): Promise<Cost> {
  const clients = new LoadProcess<ToClients, FromClients>('idle-clients.ts');
  try {
    const emptyMiB = server.residentMiB;
    await clients.ask({ ...opening, url: server.url });
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
    if (after.open !== opening.count) throw new Error(`only ${after.open} clients are left`);
    const cpu = (metrics: ReadonlyMap<string, number>): number => metrics.get('process_cpu_seconds_total')!;
    return {
      emptyMiB,
      residentMiB: percentile(resident, 0.5),
      cpuPercent: (100 * (cpu(end) - cpu(start))) / seconds,
      // It is counted anew from each reading on.
      delayP99Ms: end.get('nodejs_eventloop_lag_p99_seconds')! * 1000,
      pongsPerSecond: (after.pongs - before.pongs) / seconds,
    };
  } finally {
    // In this order, so that the server closes its sockets rather than lose them.
    await server.end();
    clients.end();
  }
}

function tell(name: string, count: number, cost: Cost): void {
  const { residentMiB, cpuPercent, delayP99Ms, pongsPerSecond } = cost;
  const figures = `${residentMiB.toFixed(0)} MiB, ${cpuPercent.toFixed(2)} %, p99 ${delayP99Ms.toFixed(1)} ms`;
  process.stderr.write(`${count} ${name}: ${figures}, ${pongsPerSecond.toFixed(0)} pongs/s\n`);
  const due = count / pingSeconds;
  if (Math.abs(pongsPerSecond - due) > 0.05 * due) process.stderr.write(`(of ${due} pongs/s that are due)\n`);
}

function figures(what: string, [bare, own]: readonly [Cost, Cost], count: number): BenchRow[] {
  const perClient = ({ residentMiB, emptyMiB }: Cost): number => ((residentMiB - emptyMiB) * 1024) / count;
  const compared = (figure: string, unit: string, of: (cost: Cost) => number): BenchRow[] => {
    const ratio = of(own) / of(bare);
    return [
      { figure: `${what}: ${figure}, bare`, value: of(bare), unit },
      { figure: `${what}: ${figure}`, value: of(own), unit },
      { figure: `${what}: ${figure} / bare`, value: ratio, aim: `≤ ${aim}`, met: ratio <= aim },
    ];
  };
  return [
    ...compared('memory', 'MiB', ({ residentMiB }) => residentMiB),
    { figure: `${what}: memory a client, bare`, value: perClient(bare), unit: 'KiB' },
    { figure: `${what}: memory a client`, value: perClient(own), unit: 'KiB' },
    ...compared('CPU', '% of core', ({ cpuPercent }) => cpuPercent),
    { figure: `${what}: event loop p99, bare`, value: bare.delayP99Ms, unit: 'ms' },
    { figure: `${what}: event loop p99 (by a timer of 10 ms)`, value: own.delayP99Ms, unit: 'ms' },
  ];
}

const rows: BenchRow[] = [];
const raw: { name: string; count: number; bare: Cost; own: Cost }[] = [];
for (const { name, count, headers } of comparisons) {
  const bareServer = await ServerProcess.bare(cores.server);
  const runner = await ServerProcess.runner(runnerArgs, cores.server);
  await pause(startMs);
  const opening: Opening = { type: 'open', count, spreadMs, headers };
  const [bare, own] = await Promise.all([measure(bareServer, opening), measure(runner, opening)]);
  tell('bare', count, bare);
  tell(name, count, own);
  raw.push({ name, count, bare, own });
  rows.push(...figures(`${count.toLocaleString('en')}, ${name}`, [bare, own], count));
}
report({ title: 'Idle clients at a ping every 5 s: the runner beside a bare ws server', rows, raw });
process.exit(0);
