import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { faultHooks } from '../drive/break-link.ts';
import { launchApp, type DrivenApp } from '../drive/launch-app.ts';
import { startFaultProxy, type FaultProxy } from '../drive/fault-proxy/fault-proxy.ts';
import { type RunnerProcess, startRunnerProcess } from '../start/runner-process.mjs';

/** The runner of the story: it keeps its port, so that one that died can be followed by another. */
class RestartableRunner {
  readonly #args: string[];
  #current: RunnerProcess | null = null;
  #port = 0;

  /** @param successor Where its clients should go when it is told to stop. */
  constructor(successor: string) {
    this.#args = ['--log-level', 'error', '--drain-timeout', '20', '--drain-endpoint', successor];
  }

  get url(): URL {
    if (!this.#current) throw new Error('The runner does not run.');
    return new URL(this.#current.url);
  }

  async start(): Promise<void> {
    const options = { node: process.execPath, env: process.env, args: this.#args };
    this.#current = await startRunnerProcess({ ...options, port: this.#port });
    this.#port = Number(this.url.port);
  }

  /** Ends it the hard way: no goodbye, no close frame. */
  async kill(): Promise<void> {
    const runner = this.#current;
    if (!runner) return;
    const gone = new Promise((resolve) => runner.process.once('exit', resolve));
    runner.process.kill('SIGKILL');
    await gone;
    this.#current = null;
  }

  /** Asks it to stop as an operator would; it waits for its clients to leave. */
  askToStop(): void {
    this.#current?.process.kill('SIGTERM');
  }

  async stop(): Promise<void> {
    await this.#current?.stop();
    this.#current = null;
  }
}

/** Attempts are given back after a second instead of ten: the story's faults come closer together than life's. */
const recovery = { stableMs: 1_000 };

/** Everything the story needs, running. */
export interface World {
  runner: RestartableRunner;
  /** Between app and runner, on loopback: where connections can be cut. */
  proxy: FaultProxy;
  app: DrivenApp;
}

/** Starts runner, proxy and app, hands them to `use`, and ends all three whatever happens. */
export async function withWorld<T>(
  cameraFile: string,
  told: (what: string, why: string | null) => void,
  use: (world: World) => Promise<T>,
): Promise<T> {
  const userData = await mkdtemp(path.join(tmpdir(), 'linkspan-demo-'));
  const ends: (() => Promise<void>)[] = [() => rm(userData, { recursive: true, force: true })];
  try {
    const args = ['--log-level', 'error'];
    const other = await startRunnerProcess({ node: process.execPath, env: process.env, args });
    ends.push(() => other.stop());
    const runner = new RestartableRunner(other.url);
    ends.push(() => runner.stop());
    await runner.start();
    told('Runner listens', runner.url.href);
    told('So does another', `${other.url}, of which the app is not told`);
    const proxy = await startFaultProxy(Number(runner.url.port));
    ends.push(() => proxy.close());
    const url = `ws://127.0.0.1:${proxy.port}${runner.url.pathname}`;
    const env = { ...faultHooks, LINKSPAN_ENDPOINT: url, LINKSPAN_RECOVERY: JSON.stringify(recovery) };
    const app = await launchApp({ userData, cameraFile, env });
    ends.push(() => app.quit());
    told('App is open', `with nothing stored, told of ${url}`);
    return await use({ runner, proxy, app });
  } finally {
    for (const end of ends.toReversed()) await end();
  }
}
