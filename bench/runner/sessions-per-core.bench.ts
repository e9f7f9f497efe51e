/*
 * How many sessions at 512×512, 30 fps one core carries: runner and its session processes on one core, the clients
 * on the other, more and more of them until the median session falls below 29 frames a second.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { childrenOf } from '../../tests/runner/session-process-of.ts';
import { percentile, report, type BenchRow } from '../result.ts';
import { cores, LoadProcess } from './pinned-process.ts';
import { cpuSeconds, ServerProcess } from './server-process.ts';
import type { SessionView, ToVideoClients } from './video-clients.ts';

const size = 512;
const leastFps = 29;
const mostSessions = 64;
/** Congestion control has found its rate by then. */
const settleMs = 8000;
const watchMs = 10_000;
/** A core that is taken up to this has no room for a session more. */
const fullPercent = 90;

interface Step {
  sessions: number;
  carried: boolean;
  /** Medians over the sessions. */
  fps: { in: number; out: number; back: number };
  width: number;
  /** Shares of a core, %: the runner's main process, its session processes together, the clients' process. */
  cpu: { main: number; sessions: number; clients: number };
  /** Frames a second and session that a newer one replaced before the pipeline took them. */
  dropped: number;
  /** Null for a pipeline without a model. */
  inferenceMs: number | null;
}

function total(metrics: ReadonlyMap<string, number>, name: string): number {
  let sum = 0;
  for (const [key, value] of metrics) if (key.startsWith(`${name}{`)) sum += value;
  return sum;
}

type Clients = LoadProcess<ToVideoClients, SessionView[]>;

async function step(
  runner: ServerProcess,
  clients: Clients,
  pipeline: string,
  sessions: number,
): Promise<Step> {
  await clients.ask({ type: 'have', count: sessions, url: runner.url, pipeline, size });
  await pause(settleMs);
  const children = childrenOf(runner.pid);
  const cpuOf = (pids: readonly number[]): number => pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0);
  const read = async () => ({
    at: performance.now(),
    main: cpuOf([runner.pid]),
    sessions: cpuOf(children),
    clients: cpuOf([clients.pid]),
    metrics: await runner.metrics(),
  });
  const before = await read();
  const views = await clients.ask({ type: 'watch', ms: watchMs });
  const after = await read();
  const seconds = (after.at - before.at) / 1000;
  const median = (of: (view: SessionView) => number): number => percentile(views.map(of), 0.5);
  const share = (of: 'main' | 'sessions' | 'clients'): number => (100 * (after[of] - before[of])) / seconds;
  const counted = (name: string): number => total(after.metrics, name) - total(before.metrics, name);
  const inferences = counted('linkspan_inferences_total');
  const fps = { in: median((v) => v.fpsIn), out: median((v) => v.fpsOut), back: median((v) => v.fpsBack) };
  return {
    sessions,
    carried: fps.out >= leastFps,
    fps,
    width: median((v) => v.width),
    cpu: { main: share('main'), sessions: share('sessions'), clients: share('clients') },
    dropped: counted('linkspan_frames_dropped_total') / seconds / sessions,
    inferenceMs: inferences === 0 ? null : (1000 * counted('linkspan_inference_seconds_total')) / inferences,
  };
}

/** Doubles until it is too much, then halves the gap. */
async function climb(pipeline: string): Promise<Step[]> {
  const runner = await ServerProcess.runner(['--slots', String(mostSessions)], cores.server);
  const clients: Clients = new LoadProcess('video-clients.ts');
  const steps: Step[] = [];
  try {
    let carried = 0;
    let tooMany = mostSessions + 1;
    for (let sessions = 1; sessions < tooMany && sessions > carried;) {
      const result = await step(runner, clients, pipeline, sessions);
      steps.push(result);
      const { fps, cpu } = result;
      process.stderr.write(
        `${pipeline}, ${sessions}: in ${fps.in.toFixed(1)}, out ${fps.out.toFixed(1)}, back ${fps.back.toFixed(1)} ` +
          `fps at ${result.width}; ${(cpu.main + cpu.sessions).toFixed(0)} % of core, clients ${cpu.clients.toFixed(0)} %\n`,
      );
      if (result.carried) carried = sessions;
      else tooMany = sessions;
      sessions = tooMany > mostSessions ? sessions * 2 : Math.floor((carried + tooMany) / 2);
    }
  } finally {
    // In this order, so that the runner closes its sockets rather than lose them.
    await runner.end();
    clients.end();
  }
  return steps;
}

/** With other load on the machine it is neither core of ours: both then say how much they got. */
function shortage(failed: Step | undefined): string {
  if (failed === undefined) return 'nothing';
  const { main, sessions, clients } = failed.cpu;
  const runner = main + sessions;
  if (runner >= fullPercent) return "the runner's core";
  if (clients >= fullPercent) return "the clients' core";
  return `neither (runner ${runner.toFixed(0)} %, clients ${clients.toFixed(0)} %)`;
}

/** Figures of one pipeline. Shares are of the fullest step that held: the most sessions to share what is common. */
function figures(pipeline: string, steps: readonly Step[]): BenchRow[] {
  const held = steps.filter(({ carried }) => carried).toSorted((a, b) => b.sessions - a.sessions)[0];
  const failed = steps.filter(({ carried }) => !carried).toSorted((a, b) => a.sessions - b.sessions)[0];
  if (held === undefined) return [{ figure: `${pipeline}: sessions on one core, measured`, value: 0 }];
  const { sessions, cpu, fps, dropped, inferenceMs } = held;
  const each = (cpu.main + cpu.sessions) / sessions;
  return [
    { figure: `${pipeline}: sessions on one core, measured`, value: sessions },
    { figure: `${pipeline}: what was short beyond that`, value: shortage(failed) },
    { figure: `${pipeline}: sessions on one core, by their share`, value: 100 / each },
    { figure: `${pipeline}: CPU of a session, all in all`, value: each, unit: '% of core' },
    { figure: `${pipeline}: of that the main process`, value: cpu.main / sessions, unit: '% of core' },
    { figure: `${pipeline}: frames out`, value: fps.out, unit: 'fps' },
    { figure: `${pipeline}: frames back at the client`, value: fps.back, unit: 'fps' },
    { figure: `${pipeline}: picture back at the client`, value: held.width, unit: 'px wide' },
    { figure: `${pipeline}: frames dropped for newer ones`, value: dropped, unit: 'a second' },
    ...(inferenceMs === null ? [] : [{ figure: `${pipeline}: inference`, value: inferenceMs, unit: 'ms' }]),
  ];
}

const rows: BenchRow[] = [];
const raw: Record<string, Step[]> = {};
for (const pipeline of ['passthrough', 'sketch']) {
  raw[pipeline] = await climb(pipeline);
  rows.push(...figures(pipeline, raw[pipeline]));
}
report({ title: 'Runner: sessions at 512×512, 30 fps on one core', rows, raw });
process.exit(0);
