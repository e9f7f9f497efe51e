import type { EndpointReport } from '../../shared/ipc/contract.ts';
import type { Command } from '../../shared/link/event.ts';
import type { Fault } from '../../shared/link/fault.ts';
import type { LinkPolicy } from '../../shared/link/retry-policy.ts';
import type { LinkState } from '../../shared/link/state.ts';
import type { LinkStatus } from '../../shared/link/status.ts';
import type { Result } from '../../shared/result.ts';
import type { ParameterValues } from '../../shared/wire/parameters.ts';
import type { ServerMessage } from '../../shared/wire/server-messages.ts';
import { ApiDesk } from './api-desk.ts';
import type { ApiAnswer, ApiProblem, ApiRequest } from './api-request.ts';
import { Bulletin } from './bulletin.ts';
import type { Clock } from './clock.ts';
import type { Dialling } from './connect-signalling.ts';
import { Connection, type LegReport, type News } from './connection.ts';
import type { LinkSettings } from './defaults.ts';
import type { LinkEvent, LinkTarget } from './host.ts';
import { Interpreter, type Dispatch, type EffectOf } from './interpreter.ts';
import type { MediaLeg } from './media-leg.ts';
import type { MediaPort } from './media-port.ts';
import { NextPipeline } from './next-pipeline.ts';
import type { PageGate } from './page-gate.ts';
import { Parameters } from './parameters.ts';
import { PortWatch } from './port-watch.ts';
import { Route } from './route.ts';
import { shownUrl } from './shown-url.ts';
import { ticketOf } from './tickets.ts';
import { faultWithoutSecret } from './without-secret.ts';

export interface LinkOptions {
  media: MediaPort;
  clock: Clock;
  settings: LinkSettings;
  policy: LinkPolicy;
  page: PageGate;
  dialling: Dialling;
  log: (level: 'info' | 'warn' | 'error', text: string) => void;
  emit: (event: LinkEvent) => void;
}

/** One link: where it goes, with which values. The interpreter decides when, the bulletin tells about it. */
export class Link {
  readonly #options: LinkOptions;
  #settings: LinkSettings;
  readonly #bulletin: Bulletin;
  readonly #interpreter: Interpreter<Connection, MediaLeg>;
  readonly #desk: ApiDesk;
  readonly #parameters = new Parameters();
  readonly #next = new NextPipeline();
  /** Null while idle: nothing is kept across stop. */
  #route: Route | null = null;
  #pipelineId = '';
  readonly #portWatch: PortWatch;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#settings = options.settings;
    const { clock } = options;
    this.#bulletin = new Bulletin({
      ...options,
      statsMs: options.settings.statsMs,
      secrets: () => this.#route?.secrets ?? [],
      status: () => this.status(),
      sample: (meter) => {
        const { socket, leg } = this.#interpreter;
        if (leg?.counters) meter.sample(leg.counters, socket?.rttMs ?? null);
      },
    });
    this.#interpreter = new Interpreter<Connection, MediaLeg>({
      clock,
      policy: options.policy,
      dial: (effect, dispatch, after) => this.#dial(effect, dispatch, after),
      build: (socket, effect, dispatch) => void socket.build(this.#legReport(effect.generation, dispatch)),
      load: (socket, effect, dispatch) => this.#load(socket, effect, dispatch),
      changed: (state) => this.#changed(state),
      tell: (what, why, tookMs) => this.#bulletin.tell(what, why, tookMs),
      notice: (text) => this.#bulletin.notice(text),
      failedToEnd: (error) => options.log('error', `The link did not end cleanly: ${String(error)}`),
    });
    this.#portWatch = new PortWatch({
      clock,
      everyMs: options.settings.portWatchMs,
      isDirect: async (url) => (await options.dialling.agentFor?.(url)) === undefined,
      onOpen: () => this.retryNow(),
    });
    this.#desk = new ApiDesk({
      clock,
      requestMs: () => this.#settings.requestMs,
      socket: () => this.#interpreter.socket?.signalling ?? null,
      isHopeful: () => this.#interpreter.state.phase !== 'idle',
    });
  }

  start(given: LinkTarget): void {
    const { parameters, onFirstFailure = 'show', pipelineId } = given;
    const route = new Route(given);
    const change = this.#changeTo(route, pipelineId);
    const { phase } = this.#interpreter.state;
    if (change === 'pipeline' && (phase === 'live' || phase === 'degraded')) {
      this.#next.choose(pipelineId, parameters);
    } else if (change === 'parameters' && this.#next.id !== null) {
      this.#next.replace(parameters);
    } else {
      this.#next.forget();
      if (change === 'endpoint' && route.ticket === null) this.#keepTicket(null);
      if (change === 'endpoint') this.#route = route;
      this.#pipelineId = pipelineId;
      this.#parameters.replace(parameters);
      this.#flush();
    }
    this.#route?.setFallbacks(given.fallbacks ?? [], this.#interpreter.place);
    const places = this.#route?.places.length ?? 1;
    this.#interpreter.command({ type: 'start', change, pipelineId, onFailure: onFirstFailure, places });
  }

  async stop(): Promise<void> {
    this.#keepTicket(null);
    this.#route = null;
    this.#next.forget();
    this.#parameters.replace({});
    this.#interpreter.command({ type: 'stop' });
    await this.#interpreter.settled();
  }

  retryNow(): void {
    this.#interpreter.command({ type: 'retry' });
  }

  nudge(cause: 'sleep' | 'network'): void {
    this.#interpreter.command({ type: 'nudge', cause });
  }

  /** For whatever begins from now on. */
  configure(settings: LinkSettings, policy: LinkPolicy): void {
    this.#settings = settings;
    this.#interpreter.follow(policy);
  }

  setParameters(values: ParameterValues, pipelineId?: string): void {
    if (this.#route === null) return;
    if (pipelineId === undefined || pipelineId === this.#pipelineId) {
      this.#parameters.merge(values);
      this.#flush();
    }
    // Also when it runs already: the user may have come back to it over another whose load is under way.
    if (pipelineId === this.#next.id) this.#next.merge(values);
  }

  api(request: ApiRequest): Promise<Result<ApiAnswer, ApiProblem>> {
    return this.#desk.request(request);
  }

  status(): LinkStatus {
    const place = this.#route?.place(this.#interpreter.place) ?? null;
    return {
      state: this.#interpreter.state,
      endpoint: place && {
        name: this.#bulletin.clean(place.name),
        url: this.#bulletin.clean(shownUrl(place.url)),
      },
      pipelineId: this.#route === null ? null : this.#pipelineId,
      stats: this.#bulletin.stats,
    };
  }

  tell(what: string, why: string | null): void {
    this.#bulletin.tell(what, why);
  }

  /**
   * What "Test connection" would find, asked over the open connection.
   *
   * @param url Checked by `endpointUrl`.
   * @returns Null when there is no such connection.
   */
  async reportOn(url: string, token: string | null): Promise<Result<EndpointReport, Fault> | null> {
    const { socket, place } = this.#interpreter;
    const here = this.#route?.place(place);
    if (here === undefined || socket === null) return null;
    if (shownUrl(here.url) !== url || here.token !== token) return null;
    return socket.examine();
  }

  #changeTo(route: Route, pipelineId: string): Extract<Command, { type: 'start' }>['change'] {
    if (this.#route === null || !this.#route.leadsAsDoes(route)) return 'endpoint';
    return pipelineId === (this.#next.id ?? this.#pipelineId) ? 'parameters' : 'pipeline';
  }

  #changed(state: LinkState): void {
    const isUp = state.phase === 'live' || state.phase === 'degraded';
    if (!isUp) this.#next.forget();
    // A link that gave up has no session to come back to; one that a slow try just made is another matter.
    if (state.phase === 'failed' && state.stage === null) this.#keepTicket(null);
    const isPause = 'nextAttemptAt' in state && state.nextAttemptAt !== null;
    const refused = this.#route?.refusedAt(this.#interpreter.place) ?? null;
    this.#portWatch.watch(isPause ? refused : null);
    this.#bulletin.changed(state);
    this.#desk.changed();
  }

  #flush(): void {
    for (const leg of this.#interpreter.legs) leg.flushParameters();
  }

  #dial(
    { generation, by, place: index }: EffectOf<'dial'>,
    dispatch: Dispatch,
    after: Promise<unknown>,
  ): Connection {
    const { media, clock, page, dialling, emit } = this.#options;
    const route = this.#route;
    if (route === null) throw new Error('An attempt without a target: the machine started by itself.');
    const place = route.place(index);
    const ticket = by === 'resume' || by === 'connect' ? route.present(place) : null;
    return new Connection({
      place,
      url: ticket?.url ?? place.url,
      resume: ticket?.token ?? 'new',
      isOld: by === 'connect',
      userId: route.userId,
      pipelineId: () => this.#pipelineId,
      doubt: this.#next.doubt,
      parameters: this.#parameters,
      media,
      clock,
      settings: this.#settings,
      dialling,
      after,
      page: page.attached,
      expected: () => this.#expectsFrames(),
      leg: this.#legReport(generation, dispatch),
      report: (news) => this.#report(generation, news, dispatch, ticket),
      ready: (ready) => {
        route.forgetFault();
        this.#keepTicket(ticketOf(ready, place));
        this.#desk.changed();
      },
      pipelines: (pipelines) => emit({ type: 'pipelines', pipelines }),
      push: (message) => this.#push(message, generation, dispatch),
      log: (level, text) => this.#bulletin.log(level, text),
    });
  }

  #legReport(generation: number, dispatch: Dispatch): LegReport {
    return {
      legMade: (leg) => this.#interpreter.keep(generation, leg),
      report: (news) => this.#report(generation, news, dispatch),
    };
  }

  #report(generation: number, news: News, dispatch: Dispatch, ticket: Route['ticket'] = null): void {
    if (!('fault' in news)) return dispatch({ ...news, generation });
    let { fault } = news;
    for (const secret of this.#route?.secrets ?? []) fault = faultWithoutSecret(fault, secret);
    if (news.type === 'down') fault = this.#route?.endOf(fault, ticket) ?? fault;
    dispatch({ ...news, fault, generation });
  }

  #push(message: ServerMessage, generation: number, dispatch: Dispatch): void {
    if (message.type !== 'goaway') return this.#bulletin.push(message);
    const route = this.#route;
    if (route === null) return;
    const place = route.indexOfNamed(this.#interpreter.place, message.endpoint);
    const { deadline_ms: deadlineMs } = message;
    dispatch({ type: 'goaway', generation, deadlineMs, place, places: route.places.length });
  }

  #keepTicket(ticket: Route['ticket']): void {
    if (this.#route === null || this.#route.ticket === ticket) return;
    this.#route.ticket = ticket;
    this.#options.emit({ type: 'resumable', ticket });
  }

  /** Frames are due while the page sends and nothing here explains their absence (A14). */
  #expectsFrames(): boolean {
    const { media, clock } = this.#options;
    if (this.#next.isLoading || this.#parameters.paused || media.pageLastRtpAt === null) return false;
    return clock.monotonic() - media.pageLastRtpAt < this.#settings.pageActiveMs;
  }

  #load(connection: Connection, { generation, pipelineId }: EffectOf<'load'>, dispatch: Dispatch): void {
    this.#next.load(
      (values) => connection.loadPipeline(pipelineId, values),
      (outcome, parameters, told) => {
        // A connection that is gone has no say, and does not know what its runner made of it.
        const isGone = this.#route === null || this.#interpreter.socket !== connection;
        this.#next.doubt.isOpen ||= isGone;
        if (isGone) return;
        if (!outcome.ok) {
          const fault = outcome.problem;
          return this.#report(generation, { type: 'load-refused', pipelineId, fault }, dispatch);
        }
        this.#pipelineId = pipelineId;
        this.#parameters.adopt(parameters, told);
        this.#flush();
        dispatch({ type: 'loaded', generation, pipelineId });
      },
    );
  }
}
