import { RunnerProcess } from '../link/runner-process.ts';
import { Balancer, reserveAddress } from './balancer.ts';

export const token = 'a-token-of-the-fleet';

/** Sessions that each runner takes. */
export const slots = 3;

/** Shorter than the five seconds between a runner's own pings, and longer than the four between a client's. */
const idleS = 5;

const ids = ['a', 'b', 'c'] as const;
export type RunnerId = (typeof ids)[number];

/** What a runner says of itself in `/metrics`; counters since its process started. */
export interface Account {
  attached: number;
  lingering: number;
  http: number;
  free: number;
  /** Sessions that have ended, whyever. */
  ended: number;
  /** Resume tokens that found their session, and that did not. */
  hits: number;
  misses: number;
  framesSent: number;
}

/** Three runners in processes of their own behind one balancer, as docs/runner.md sets them up. */
export class Fleet {
  readonly ids = ids;
  /** What clients dial. */
  readonly url: string;
  readonly balancer: Balancer;
  readonly #runners: Map<RunnerId, RunnerProcess>;
  readonly #origin: string;

  private constructor(origin: string, balancer: Balancer, runners: Map<RunnerId, RunnerProcess>) {
    this.#origin = origin;
    this.url = `${origin}/ws`;
    this.balancer = balancer;
    this.#runners = runners;
  }

  static async start(): Promise<Fleet> {
    const { server, port } = await reserveAddress();
    const origin = `ws://127.0.0.1:${port}`;
    const started = await Promise.all(ids.map(async (id) => [id, await run(id, origin)] as const));
    const ports = new Map(started.map(([id, runner]) => [id, runner.port]));
    try {
      return new Fleet(origin, await Balancer.start(server, ports, idleS), new Map(started));
    } catch (error) {
      await Promise.all(started.map(([, runner]) => runner.end('SIGKILL')));
      throw error;
    }
  }

  /** Ends a runner: in order with SIGTERM, which takes until its clients have left. */
  async end(id: RunnerId, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    await this.#runners.get(id)!.end(signal);
  }

  /** Starts a runner anew in the place of one that ended, and waits until the balancer sends clients there. */
  async replace(id: RunnerId): Promise<void> {
    await this.balancer.sees(id, 'DOWN');
    this.#runners.set(id, await run(id, this.#origin, this.#runners.get(id)!.port));
    await this.balancer.sees(id, 'UP');
  }

  /** Asks the runner itself, past the balancer. */
  async account(id: RunnerId): Promise<Account> {
    const response = await fetch(`http://127.0.0.1:${this.#runners.get(id)!.port}/metrics`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (!response.ok) throw new Error(`/metrics of ${id} answered ${response.status}`);
    const text = await response.text();
    const sum = (series: RegExp): number =>
      [...text.matchAll(series)].reduce((total, [, value]) => total + Number(value), 0);
    return {
      attached: sum(/^linkspan_sessions\{signalling="attached"\} (\d+)/gm),
      lingering: sum(/^linkspan_sessions\{signalling="lingering"\} (\d+)/gm),
      http: sum(/^linkspan_sessions\{signalling="http"\} (\d+)/gm),
      free: sum(/^linkspan_slots_free (\d+)/gm),
      ended: sum(/^linkspan_sessions_ended_total\{.*\} (\d+)/gm),
      hits: sum(/^linkspan_resumes_total\{outcome="hit"\} (\d+)/gm),
      misses: sum(/^linkspan_resumes_total\{outcome="(?!hit).*\} (\d+)/gm),
      framesSent: sum(/^linkspan_frames_sent_total\{.*\} (\d+)/gm),
    };
  }

  async close(): Promise<void> {
    await this.balancer.end();
    await Promise.all([...this.#runners.values()].map((runner) => runner.end('SIGKILL')));
  }
}

function run(id: RunnerId, origin: string, port = 0): Promise<RunnerProcess> {
  const options = {
    id,
    slots,
    token,
    'public-url': origin,
    'trust-proxy': '127.0.0.1',
    'drain-timeout': 25,
    // Far apart, so that it is the clients' heartbeat that keeps connections open.
    'ping-interval': 60,
  };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, `${value}`]);
  return RunnerProcess.start(port, args);
}
