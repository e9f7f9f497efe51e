import type { EndpointReport } from '../../shared/ipc/contract.ts';
import type { Abilities } from '../../shared/link/machine.ts';
import type { Fault } from '../../shared/link/fault.ts';
import type { Report } from '../../shared/link/event.ts';
import { presentFault } from '../../shared/link/present-fault.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ParameterValues } from '../../shared/wire/parameters.ts';
import type { PipelineInfo } from '../../shared/wire/pipelines.ts';
import type { ServerMessage } from '../../shared/wire/server-messages.ts';
import { Api } from './api.ts';
import { apiProblemText } from './api-request.ts';
import type { Clock } from './clock.ts';
import { connectSignalling, type Dialling } from './connect-signalling.ts';
import { within } from './deadline.ts';
import type { LinkSettings } from './defaults.ts';
import { endpointUrl } from '../../shared/link/endpoint-url.ts';
import type { Place } from './host.ts';
import type { MediaLeg } from './media-leg.ts';
import { makeMediaLeg, type Negotiation } from './negotiate.ts';
import type { MediaPort } from './media-port.ts';
import type { LoadDoubt } from './next-pipeline.ts';
import type { Parameters } from './parameters.ts';
import type { Ready, Signalling } from './signalling.ts';

type WithoutGeneration<R> = R extends unknown ? Omit<R, 'generation'> : never;
export type News = WithoutGeneration<Report>;

export interface ConnectionOptions {
  place: Place;
  /** Where to dial: the place's own address, or the one where a lost session waits. */
  url: string;
  /** A resume token, or `new`. */
  resume: string;
  /** The token is from an earlier run of the app: if its address leads nowhere, the place itself is dialled. */
  isOld: boolean;
  userId: string;
  /** The pipeline in force, which may be another later. */
  pipelineId(): string;
  /** Ended once that pipeline was loaded. */
  doubt: LoadDoubt;
  parameters: Parameters;
  media: MediaPort;
  clock: Clock;
  settings: LinkSettings;
  dialling: Dialling;
  /** Sockets and legs that are being closed: a runner has few slots, so they go first. */
  after: Promise<unknown>;
  /** Resolves when the page is attached. */
  page: Promise<void>;
  /** Whether frames are due now. */
  expected(): boolean;
  /** Of the first peer connection made over this socket. */
  leg: LegReport;
  /** News of the attempt, then of the socket. */
  report(news: News): void;
  ready(ready: Ready): void;
  pipelines(pipelines: PipelineInfo[]): void;
  push(message: ServerMessage): void;
  log: (level: 'info' | 'warn', text: string) => void;
}

/** How one peer connection is reported on, also after its socket is gone. */
export interface LegReport {
  /** It is being made; from now on whoever is told owns it. */
  legMade(leg: MediaLeg): void;
  report(news: News): void;
}

/** One socket and what is done over it: greeting, pipeline, peer connections. Ended as a whole but for those. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #abort = new AbortController();
  readonly #done: Promise<void>;
  #signalling: Signalling | null = null;
  #api: Api | null = null;
  #rttMs: number | null = null;
  #capabilities: readonly string[] = [];
  /** Of the live media session on the runner; null while there is none. */
  #sessionId: string | null = null;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#done = this.#run();
  }

  get rttMs(): number | null {
    return this.#rttMs;
  }

  /** Null until the runner is ready, and once the socket is gone. */
  get signalling(): Signalling | null {
    return this.#signalling?.isReady === true ? this.#signalling : null;
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

  /**
   * Makes another peer connection in the same session. A runner that cannot replace one would make a second
   * session: there the old one is ended first.
   */
  async build(leg: LegReport): Promise<void> {
    const outcome = await this.#rebuild(leg);
    if (this.#abort.signal.aborted) return;
    leg.report(outcome.ok ? { type: 'picture' } : { type: 'down', fault: outcome.problem });
  }

  probe(): void {
    this.#signalling?.probe();
  }

  /** Ends the socket, at whatever step it is, and waits until it is gone. Nothing is reported any more. */
  async end(how: 'goodbye' | 'cut'): Promise<void> {
    this.#abort.abort();
    await (how === 'cut' ? this.#signalling?.cut() : this.#signalling?.close());
    await this.#done;
  }

  async #run(): Promise<void> {
    await this.#options.after;
    if (this.#abort.signal.aborted) return;
    const { url, resume, place, isOld } = this.#options;
    let outcome = await this.#establish(url, resume);
    const isElsewhere = isOld && url !== place.url && this.#signalling === null;
    if (!outcome.ok && isElsewhere) outcome = await this.#establish(place.url, 'new');
    if (!outcome.ok)
      this.#report({ type: 'down', fault: outcome.problem, hopeless: this.#isHopeless(outcome.problem) });
    else if (outcome.value === 'picture') this.#report({ type: 'picture' });
  }

  /** Past a balancer a runner that is gone is answered for by the balancer, and will be each time. */
  #isHopeless({ kind }: Fault): boolean {
    const isOwnAddress = this.#options.url !== this.#options.place.url;
    return isOwnAddress && (kind === 'unavailable' || kind === 'not-a-runner');
  }

  #report(news: News): void {
    if (!this.#abort.signal.aborted) this.#options.report(news);
  }

  /** @returns `picture` when it came by this connection's own media, `resumed` when a session was taken up again. */
  async #establish(url: string, resume: string): Promise<Result<'picture' | 'resumed', Fault>> {
    const { place, clock, settings, dialling } = this.#options;
    const endpoint = endpointUrl(url);
    if (!endpoint.ok) return endpoint;
    const connected = await connectSignalling({
      url: endpoint.value.url,
      token: place.token,
      resume,
      ...dialling,
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
    const { signalling, ready, resumption } = connected.value;
    this.#signalling = signalling;
    this.#capabilities = ready.capabilities;
    if (this.#abort.signal.aborted) {
      // Whoever takes a session up again must not end it by going away in order.
      await (resume === 'new' ? signalling.close() : signalling.cut());
      return ended();
    }
    this.#api = new Api(signalling, clock, settings);
    signalling.send({ type: 'set_user_id', user_id: this.#options.userId });
    this.#options.ready(ready);
    this.#report({ type: 'ready', can: abilitiesOf(ready) });
    if (resumption?.kind === 'resumed') {
      this.#sessionId = resumption.sessionId || null;
      this.#report({ type: 'resumed', media: resumption.media });
      await this.#makeCertain(this.#api);
      return ok('resumed');
    }
    if (resumption !== null) this.#report({ type: 'resume-refused', reason: resumption.reason });
    const loaded = await this.#prepare(this.#api, signalling, (news) => this.#report(news));
    if (!loaded.ok) return loaded;
    const outcome = await this.#negotiate(signalling, this.#options.leg);
    return outcome.ok ? ok('picture') : outcome;
  }

  async #rebuild(leg: LegReport): Promise<Result<null, Fault>> {
    const signalling = this.#signalling;
    const api = this.#api;
    if (signalling === null || api === null) return ended();
    const canReplace = this.#capabilities.includes('rebuild');
    if (this.#sessionId !== null && !canReplace) {
      const gone = await api.endSession(this.#sessionId);
      if (!gone.ok)
        this.#options.log('warn', `The old session was not ended: ${apiProblemText(gone.problem)}`);
      this.#sessionId = null;
    } else if (this.#sessionId === null) {
      const loaded = await this.#prepare(api, signalling, (news) => leg.report(news));
      if (!loaded.ok) return loaded;
    }
    return this.#negotiate(signalling, leg);
  }

  /** The pipeline runs and the page is there. */
  async #prepare(
    api: Api,
    signalling: Signalling,
    report: (news: News) => void,
  ): Promise<Result<null, Fault>> {
    const { parameters, clock, settings, page } = this.#options;
    report({ type: 'stage', stage: 'loading' });
    const [loaded] = await Promise.all([
      api.loadPipeline(this.#options.pipelineId(), parameters.feed().takeAll()),
      this.#publishPipelines(api),
    ]);
    if (!loaded.ok) return loaded;
    this.#options.doubt.isOpen = false;
    report({ type: 'stage', stage: 'negotiating' });
    const attached = page.then<Result<null, Fault>>(() => ok(null));
    const gone = signalling.gone.then(ended);
    return within<Result<null, Fault>>(clock, settings.pageMs, Promise.race([attached, gone]), () =>
      fail({ kind: 'media-failed', detail: 'The window has no picture to send' }),
    );
  }

  /** A session that is taken up again may run another pipeline than the one in force. */
  async #makeCertain(api: Api): Promise<void> {
    const { parameters, doubt, isOld, log } = this.#options;
    doubt.isOpen ||= isOld;
    if (!doubt.isOpen) return;
    const id = this.#options.pipelineId();
    const loaded = await api.loadPipeline(id, parameters.feed().takeAll());
    // Lost once more, it is as uncertain as before.
    doubt.isOpen = this.signalling === null;
    if (!loaded.ok) log('warn', `Pipeline ${id} was not loaded again: ${presentFault(loaded.problem).title}`);
  }

  async #publishPipelines(api: Api): Promise<void> {
    const list = await api.listPipelines();
    if (list.ok) this.#options.pipelines(list.value);
    else this.#options.log('warn', `The runner did not list its pipelines: ${apiProblemText(list.problem)}`);
  }

  #negotiate(signalling: Signalling, leg: LegReport): Promise<Result<null, Fault>> {
    const { media, clock, settings, parameters, userId, place, log } = this.#options;
    const endpoint = endpointUrl(place.url);
    const negotiation: Negotiation = {
      signalling,
      media,
      clock,
      settings,
      parameters: parameters.feed(),
      userId,
      sessionId: this.#sessionId,
      loopbackOnly: endpoint.ok && endpoint.value.network === 'loopback',
      abort: this.#abort.signal,
      expected: () => this.#options.expected(),
      session: (id) => (this.#sessionId = id),
      log,
    };
    return makeMediaLeg(negotiation, leg);
  }
}

const ended = (): { ok: false; problem: Fault } => fail({ kind: 'closed', code: 1000, reason: 'ended here' });

function abilitiesOf({ capabilities, resume_token: token, grace_ms: graceMs }: Ready): Abilities {
  const isResumable = capabilities.includes('resume') && token !== undefined && token !== '';
  return { graceMs: isResumable ? (graceMs ?? null) : null, rebuild: capabilities.includes('rebuild') };
}
