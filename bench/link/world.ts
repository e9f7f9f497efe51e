import type { Browser } from 'playwright';
import type { MediaPort } from '../../main/link/media-port.ts';
import { createRelay } from '../../main/relay/relay.ts';
import { startFaultProxy, type FaultProxy } from '../../scripts/drive/fault-proxy/fault-proxy.ts';
import { MediaThroughPaths } from '../../tests/faults/media-through-paths.ts';
import { RunnerProcess } from '../../tests/link/runner-process.ts';
import { childrenOf } from '../../tests/runner/session-process-of.ts';
import type { Client } from './client.ts';
import { NumberedPage } from './numbered-page.ts';
import { Sightings } from './sightings.ts';

export interface WorldOptions {
  browser: Browser;
  /** What lies between client and runner. Direct where nothing has to break there. */
  through: readonly ('tcp' | 'udp')[];
  /** Another runner to go to. */
  next: boolean;
  /** Of the runner in use at first. */
  runnerArgs: readonly string[];
  size: { width: number; height: number };
  makeClient: (media: MediaPort) => Client;
}

const running = new Set<RunnerProcess>();

/** A runner, a page, the relay between them, and a client that keeps them together: everything is real. */
export class World {
  readonly page: NumberedPage;
  readonly client: Client;
  readonly tcp: FaultProxy | null;
  readonly udp: MediaThroughPaths;
  readonly sightings = new Sightings();
  runner: RunnerProcess;
  /** Of the media session that the runner made last; needs the TCP proxy, where it is overheard. */
  sessionId: string | null = null;
  readonly #runnerArgs: readonly string[];
  readonly #runners: RunnerProcess[];

  private constructor(
    runners: [RunnerProcess, ...RunnerProcess[]],
    page: NumberedPage,
    client: Client,
    udp: MediaThroughPaths,
    tcp: FaultProxy | null,
    runnerArgs: readonly string[],
  ) {
    [this.runner] = runners;
    this.#runners = runners;
    this.page = page;
    this.client = client;
    this.udp = udp;
    this.tcp = tcp;
    this.#runnerArgs = runnerArgs;
  }

  /** Resolves when the page shows what the runner sends. */
  static async open({ browser, through, next, runnerArgs, size, makeClient }: WorldOptions): Promise<World> {
    const [runner, other, page] = await Promise.all([
      startRunner(0, runnerArgs),
      next ? startRunner(0, []) : null,
      NumberedPage.open(browser),
    ]);
    const udp = new MediaThroughPaths();
    const relay = createRelay();
    const client = makeClient(through.includes('udp') ? udp.wrap(relay) : relay);
    let overhear: (text: string) => void = () => undefined;
    const tcp = through.includes('tcp')
      ? await startFaultProxy(runner.port, {
          passed: (towards, bytes) => towards === 'client' && overhear(bytes.toString()),
        })
      : null;
    const runners: [RunnerProcess, ...RunnerProcess[]] = other === null ? [runner] : [runner, other];
    const world = new World(runners, page, client, udp, tcp, runnerArgs);
    overhear = (text) => {
      world.sessionId = /"sessionId":"([^"]+)"/.exec(text)?.[1] ?? world.sessionId;
    };
    await page.answer(await client.attachPage(await page.offer(size)));
    const url = new URL(runner.url);
    if (tcp !== null) url.port = String(tcp.port);
    client.start([url.href, ...(other === null ? [] : [other.url])]);
    return world;
  }

  /** Takes in what the page showed since the last look. */
  async look(): Promise<void> {
    this.sightings.add(await this.page.take());
  }

  /** The runner's process and those of its sessions, which stand still or go on together. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    const { pid } = this.runner;
    for (const each of [pid, ...childrenOf(pid)]) process.kill(each, signal);
  }

  /** Starts a runner anew at the same address. @returns Milliseconds until it listens. */
  async restartRunner(): Promise<number> {
    const startedAt = performance.now();
    this.runner = await startRunner(this.runner.port, this.#runnerArgs);
    this.#runners.push(this.runner);
    return performance.now() - startedAt;
  }

  async close(): Promise<void> {
    await this.client.close();
    const ended = this.#runners.map((runner) => endRunner(runner));
    await Promise.all([this.page.close(), this.udp.close(), this.tcp?.close(), ...ended]);
  }
}

async function startRunner(port: number, args: readonly string[]): Promise<RunnerProcess> {
  const runner = await RunnerProcess.start(port, args);
  running.add(runner);
  return runner;
}

async function endRunner(runner: RunnerProcess): Promise<void> {
  running.delete(runner);
  await runner.end('SIGKILL');
}

// Runners must not outlive a benchmark that fails, nor one that `npm run bench` ends for taking too long.
process.once('exit', () => {
  for (const runner of running) void runner.end('SIGKILL');
});
process.once('SIGTERM', () => process.exit(1));
