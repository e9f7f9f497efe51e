import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { destination, pino, type Logger } from 'pino';
import { closeCode } from '../../shared/wire/close-codes.ts';
import { systemClock, type Clock } from './clock.ts';
import { checkOptions } from './config/check-options.ts';
import { defaultOptions } from './config/defaults.ts';
import type { RunnerOptions } from './config/runner-options.ts';
import { Reception } from './connection/reception.ts';
import { checkUser, type Admission, type UserQuestion } from './guard/user-check.ts';
import { isLoopbackAddress, isLoopbackHost } from './guard/loopback-host.ts';
import { makeFront, socketPath } from './http/front.ts';
import { builtInModelDir, describePlan, detectProviders } from './inference/index.ts';
import { RunnerState } from './runner-state.ts';
import type { CandidateScope } from './session/process-messages.ts';
import { makeRunnerFolder, removeFolder, type Remove } from './session/session-folder.ts';
import { WarmProcesses } from './session/warm-processes.ts';
import { stopInOrder } from './stop-in-order.ts';

export interface Runner {
  /** WebSocket address. */
  readonly url: string;
  readonly httpUrl: string;
  readonly port: number;
  /** Sessions that have not ended, those of lost clients included. */
  readonly sessions: number;
  /** Process ids of those sessions that have needed a process. */
  readonly sessionPids: readonly number[];
  /** Cuts all clients' sockets without a close frame, as a failing network would. */
  dropSockets(): void;
  /**
   * Takes nobody new in, asks clients to go elsewhere, and ends everything when the last session has, or after
   * `drainMs`. Resolves when all is gone.
   *
   * @param code Close code for those who stayed: 1012 when the runner will be back, 1001 when not.
   */
  drain(code?: number): Promise<void>;
  /** Ends everything now, in order: clients are told, processes have ended when this resolves. */
  close(code?: number): Promise<void>;
}

/** What a test may put in the place of the real thing. */
export interface RunnerParts {
  clock: Clock;
  /** The script that session processes run. */
  sessionEntry: string | undefined;
  removeFolder: Remove;
  log: Logger | undefined;
}

/**
 * Starts a runner in this process; media runs in children of it.
 *
 * @param given What differs from the defaults.
 * @throws {Error} If the options contradict each other, the port cannot be bound, or the work folder not written.
 */
export async function startRunner(
  given: Partial<RunnerOptions> = {},
  parts: Partial<RunnerParts> = {},
): Promise<Runner> {
  const options: RunnerOptions = { ...defaultOptions, ...given };
  if (options.id === '') options.id = randomUUID();
  const wrong = checkOptions(options);
  if (wrong !== null) throw new Error(wrong);
  const clock = parts.clock ?? systemClock;
  // Standard error, so that standard output stays free for what scripts read.
  const log = parts.log ?? pino({ level: options.logLevel }, destination({ dest: 2, sync: true }));
  const runnerFolder = makeRunnerFolder(options.workDir);
  const searching = new AbortController();
  const providers = detectProviders(options.provider, { signal: searching.signal });
  void providers.then((plan) => log.info({ providers: plan.usable }, describePlan(plan)));
  const processes = new WarmProcesses({
    setup: {
      modelDirs: [builtInModelDir, ...options.modelDirs].map((dir) => path.resolve(dir)),
      threads: options.threads,
      udpPorts: options.udpPorts,
    },
    runnerFolder,
    remove: parts.removeFolder ?? removeFolder,
    log: (line) => log.warn({ native: true }, line),
    entry: parts.sessionEntry,
  });
  const { userCheckUrl } = options;
  const userCheck =
    userCheckUrl === null
      ? null
      : (question: UserQuestion): Promise<Admission> =>
          checkUser(userCheckUrl, question, (err) => log.error({ err }, 'the user check failed'));
  const state: RunnerState = new RunnerState({
    options,
    checkUser: userCheck,
    clock,
    log,
    session: { takeProcess: () => processes.take(), providers },
    warm: () => processes.warm(),
    connections: () => reception.count,
  });
  const stop = stopInOrder({ clock, drainMs: options.drainMs, endpoint: options.drainEndpoint });
  const scope = (address: string): CandidateScope => scopeOf(options.host, address);
  const reception = new Reception({
    take: () => state.take(),
    present: (token) => state.leases.present(token),
    tokens: {
      next: (lease) => state.leases.nextToken(lease),
      confirm: (lease, token) => state.leases.confirmToken(lease, token),
    },
    goaway: () => stop.goaway(),
    runner: state,
    options,
    metrics: state.measured,
    checkUser: userCheck,
    scopeOf: scope,
    clock,
    log,
    onMediaConnected: () => processes.warm(),
  });
  const front = makeFront({
    rules: options,
    runner: state,
    metrics: state.measured,
    scopeOf: scope,
    onSocket: (caller) => reception.receive(caller),
    report: (error) => log.warn({ err: error }, 'request failed'),
  });
  front.listen(options.port, options.host);
  try {
    await once(front, 'listening');
  } catch (error) {
    searching.abort();
    await removeFolder(runnerFolder);
    throw error;
  }
  processes.warm();
  const { port } = front.address() as AddressInfo;
  const authority = `${reachableHost(options.host)}:${port}`;
  const secure = options.tls === null ? '' : 's';
  const url = `ws${secure}://${authority}${socketPath}`;
  log.info({ url, id: options.id, slots: options.slots }, 'listening');

  async function shutDown(code: number): Promise<void> {
    state.drain();
    searching.abort();
    front.close();
    const reason = code === closeCode.serviceRestart ? 'the runner restarts' : 'the runner goes away';
    const closed = reception.closeAll(code, reason);
    await state.leases.endAll('drained', reason);
    await processes.close();
    await closed;
    front.closeAllConnections();
    await removeFolder(runnerFolder);
  }

  return {
    port,
    url,
    httpUrl: `http${secure}://${authority}`,
    get sessions() {
      return state.leases.all.size;
    },
    get sessionPids() {
      return [...state.leases.all].flatMap(({ session }) => session.pid ?? []);
    },
    dropSockets: () => reception.cutAll(),
    close: (code = closeCode.serviceRestart) => stop.now(() => shutDown(code)),
    async drain(code = closeCode.serviceRestart) {
      state.drain();
      stop.begin();
      reception.sayGoaway();
      log.info({ sessions: state.leases.all.size }, 'draining');
      await stop.wait(state.leases.empty());
      await stop.now(() => shutDown(code));
    },
  };
}

/** A runner on loopback tells no other address; one that serves the network does so to clients from there. */
function scopeOf(host: string, peer: string): CandidateScope {
  if (isLoopbackHost(host)) return 'loopback';
  return isLoopbackAddress(peer) ? 'all' : 'network';
}

function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
