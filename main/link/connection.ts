import type { EndpointReport } from '../../shared/ipc/contract.ts';
import type { Fault } from '../../shared/link/fault.ts';
import type { Report } from '../../shared/link/event.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ParameterValues } from '../../shared/wire/parameters.ts';
import type { PipelineInfo } from '../../shared/wire/pipelines.ts';
import type { IceServer, ServerMessage } from '../../shared/wire/server-messages.ts';
import { Api, apiProblemText } from './api.ts';
import { CandidateQueue } from './candidate-queue.ts';
import type { Clock } from './clock.ts';
import { connectSignalling } from './connect-signalling.ts';
import { within } from './deadline.ts';
import type { LinkSettings } from './defaults.ts';
import { endpointUrl } from './endpoint-url.ts';
import type { LinkTarget } from './host.ts';
import { MediaLeg } from './media-leg.ts';
import type { MediaPort, RunnerLeg } from './media-port.ts';
import type { Parameters } from './parameters.ts';
import { requestProblemText } from './pending-requests.ts';
import type { Signalling } from './signalling.ts';

type WithoutGeneration<R> = R extends unknown ? Omit<R, 'generation'> : never;

export interface ConnectionOptions {
  target: Omit<LinkTarget, 'parameters'>;
  parameters: Parameters;
  media: MediaPort;
  clock: Clock;
  settings: LinkSettings;
  /** Sockets and legs of earlier connections: a runner has few slots, so they go first. */
  after: Promise<unknown>;
  /** Resolves when the page is attached. */
  page: Promise<void>;
  report(report: WithoutGeneration<Report>): void;
  pipelines(pipelines: PipelineInfo[]): void;
  push(message: ServerMessage): void;
  log: (level: 'info' | 'warn', text: string) => void;
}

/** One socket, one session, one leg: made step by step, reported on, and ended as a whole. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #abort = new AbortController();
  readonly #done: Promise<void>;
  #signalling: Signalling | null = null;
  #api: Api | null = null;
  #leg: MediaLeg | null = null;
  #rttMs: number | null = null;
  #capabilities: readonly string[] = [];

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#done = this.#run();
  }

  get rttMs(): number | null {
    return this.#rttMs;
  }

  /** Asks the runner to run another pipeline in the same session. */
  async loadPipeline(id: string, parameters: ParameterValues): Promise<Result<null, Fault>> {
    return this.#api === null ? ended() : this.#api.loadPipeline(id, parameters);
  }

  /** What a newcomer would find here; null while the runner is not ready. */
  async examine(): Promise<Result<EndpointReport, Fault> | null> {
    if (this.#api === null) return null;
    const askedAt = this.#options.clock.monotonic();
    const list = await this.#api.listPipelines();
    if (!list.ok) return fail({ kind: 'protocol', detail: apiProblemText(list.problem) });
    const rttMs = this.#rttMs ?? this.#options.clock.monotonic() - askedAt;
    return ok({ rttMs, pipelines: list.value, capabilities: [...this.#capabilities] });
  }

  get leg(): RunnerLeg | null {
    return this.#leg?.leg ?? null;
  }

  /** Sends whatever parameters wait, if a channel is open. */
  flushParameters(): void {
    const leg = this.#leg?.leg;
    if (leg) this.#options.parameters.flush((text) => leg.send(text));
  }

  /** Ends it on purpose, at whatever step it is, and waits until nothing is left. Nothing is reported any more. */
  async end(media: 'keep' | 'close'): Promise<void> {
    this.#abort.abort();
    await Promise.all([this.#signalling?.close(), this.#leg?.end(media)]);
    await this.#done;
  }

  async #run(): Promise<void> {
    await this.#options.after;
    if (this.#abort.signal.aborted) return;
    const outcome = await this.#establish();
    if (outcome.ok) this.#report({ type: 'picture' });
    else this.#report({ type: 'down', fault: outcome.problem });
  }

  #report(report: WithoutGeneration<Report>): void {
    if (!this.#abort.signal.aborted) this.#options.report(report);
  }

  async #establish(): Promise<Result<null, Fault>> {
    const { target, clock, settings } = this.#options;
    const endpoint = endpointUrl(target.url);
    if (!endpoint.ok) return endpoint;
    const connected = await connectSignalling({
      url: endpoint.value.url,
      token: target.token,
      clock,
      settings,
      abort: this.#abort.signal,
      listener: {
        opened: () => this.#report({ type: 'stage', stage: 'waiting' }),
        lost: (fault) => this.#report({ type: 'down', fault }),
        push: (message) => this.#options.push(message),
        roundTrip: (ms) => (this.#rttMs = ms),
        log: this.#options.log,
      },
    });
    if (!connected.ok) return connected;
    const { signalling, ready } = connected.value;
    this.#signalling = signalling;
    this.#capabilities = ready.capabilities;
    if (this.#abort.signal.aborted) {
      await signalling.close();
      return ended();
    }
    signalling.send({ type: 'set_user_id', user_id: target.userId });
    const loaded = await this.#prepare(signalling);
    if (!loaded.ok) return loaded;
    return this.#negotiate(signalling, endpoint.value.network === 'loopback');
  }

  /** The pipeline runs and the page is there. */
  async #prepare(signalling: Signalling): Promise<Result<null, Fault>> {
    const { target, parameters, clock, settings, page } = this.#options;
    const api = new Api(signalling, clock, settings);
    this.#api = api;
    this.#report({ type: 'stage', stage: 'loading' });
    const [loaded] = await Promise.all([
      api.loadPipeline(target.pipelineId, parameters.takeAll()),
      this.#publishPipelines(api),
    ]);
    if (!loaded.ok) return loaded;
    this.#report({ type: 'stage', stage: 'negotiating' });
    const attached = page.then<Result<null, Fault>>(() => ok(null));
    const gone = signalling.gone.then(ended);
    return within<Result<null, Fault>>(clock, settings.pageMs, Promise.race([attached, gone]), () =>
      fail({ kind: 'media-failed', detail: 'The window has no picture to send' }),
    );
  }

  async #publishPipelines(api: Api): Promise<void> {
    const list = await api.listPipelines();
    if (list.ok) this.#options.pipelines(list.value);
    else this.#options.log('warn', `The runner did not list its pipelines: ${apiProblemText(list.problem)}`);
  }

  async #negotiate(signalling: Signalling, loopbackOnly: boolean): Promise<Result<null, Fault>> {
    const { media, clock, settings, log } = this.#options;
    const iceServers = await this.#iceServers(signalling);
    if (this.#abort.signal.aborted) return ended();
    const candidates = new CandidateQueue(signalling, settings.candidateMs, log);
    this.#leg = new MediaLeg({
      media,
      clock,
      settings,
      loopbackOnly,
      iceServers,
      exchange: (sdp) => this.#offer(signalling, sdp, candidates),
      candidate: (candidate) => candidates.add(candidate),
      channelOpen: () => this.flushParameters(),
      message: (text) => log('info', `The runner's data channel: ${text.slice(0, 200)}`),
      connected: () => this.#report({ type: 'stage', stage: 'first-frame' }),
      broken: (fault) => this.#report({ type: 'down', fault }),
    });
    const outcome = await this.#leg.establish();
    // What was changed since the offer, in case the channel opened before the leg was in our hands.
    if (outcome.ok) this.flushParameters();
    return outcome;
  }

  async #offer(
    signalling: Signalling,
    sdp: string,
    candidates: CandidateQueue,
  ): Promise<Result<string, Fault>> {
    const { parameters, settings, target } = this.#options;
    const reply = await signalling.request(
      {
        type: 'offer',
        sdp,
        sdp_type: 'offer',
        initialParameters: parameters.takeAll(),
        user_id: target.userId,
      },
      'answer',
      settings.offerMs,
    );
    if (!reply.ok) return fail({ kind: 'offer-failed', detail: requestProblemText(reply.problem) });
    candidates.release(reply.value.sessionId);
    return ok(reply.value.sdp);
  }

  /** A runner that names none is tried without: on one machine and in most networks that is enough. */
  async #iceServers(signalling: Signalling): Promise<IceServer[]> {
    const reply = await signalling.request(
      { type: 'get_ice_servers' },
      'ice_servers',
      this.#options.settings.requestMs,
    );
    if (reply.ok) return reply.value.data.iceServers;
    this.#options.log('warn', `The runner named no ICE servers: ${requestProblemText(reply.problem)}`);
    return [];
  }
}

const ended = (): { ok: false; problem: Fault } => fail({ kind: 'closed', code: 1000, reason: 'ended here' });
