import { randomUUID } from 'node:crypto';
import type { AnswerOf, AppInfo, ParsedRequestOf, RequestOf } from '../../shared/ipc/contract.ts';
import type { Runner } from '../../shared/ipc/runner-channels.ts';
import type { Fault } from '../../shared/link/fault.ts';
import type { RecoverySettings } from '../../shared/link/recovery-settings.ts';
import type { LinkStatus } from '../../shared/link/status.ts';
import type { TimelineEntry } from '../../shared/link/timeline.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { EndpointChoice } from '../../shared/settings/schema.ts';
import type { ParameterValues } from '../../shared/wire/parameters.ts';
import type { PipelineInfo } from '../../shared/wire/pipelines.ts';
import type { Log } from '../diagnostics/log.ts';
import type { Push } from '../ipc/push.ts';
import { endpointUrl } from '../../shared/link/endpoint-url.ts';
import type { LinkEvent, LinkHost, ResumeTicket } from '../link/host.ts';
import { runnerLogMax, timelineMax } from './defaults.ts';
import { Endpoints, type EndpointsOptions } from './endpoints.ts';
import { Recent } from './recent.ts';
import { sendableToken } from './sendable-token.ts';

export interface LinkServiceOptions extends EndpointsOptions {
  host: LinkHost;
  /** A session of this installation that a crash may have left; handed over with the first start. */
  resume: ResumeTicket | null;
  /** Told each way back to the session there is now, to be kept; null when there is none. */
  keepTicket(ticket: ResumeTicket | null): void;
  /** Takes the place of the user's numbers of recovery, in tests; null otherwise. */
  recovery: RecoverySettings | null;
  push: Push;
  /** Tray, power and triggers: told in the tick in which the link tells its status. */
  onStatus(status: LinkStatus): void;
  log: Log;
}

const noEndpoint: Fault = { kind: 'invalid-endpoint', detail: 'No runner is chosen yet.' };

/** Brings settings, tokens, link and window together; each of them knows nothing of the others. */
export class LinkService {
  readonly #options: LinkServiceOptions;
  readonly #endpoints: Endpoints;
  readonly #timeline = new Recent<TimelineEntry>(timelineMax);
  readonly #runnerLog = new Recent<string>(runnerLogMax);
  #resume: ResumeTicket | null;
  /** What was started last; null once it was stopped. */
  #pipelineId: string | null = null;
  #offeredByRunner: { url: string; pipelines: PipelineInfo[] } | null = null;

  constructor(options: LinkServiceOptions) {
    this.#options = options;
    this.#endpoints = new Endpoints(options);
    this.#resume = options.resume;
    options.host.subscribe((event) => this.#onLinkEvent(event));
    options.host.configure(options.recovery ?? options.settings.user().recovery);
  }

  /** The endpoint in force: the chosen one, else the offered one. */
  endpoint(): AppInfo['endpoint'] {
    return this.#endpoints.inForce();
  }

  status(): LinkStatus {
    return this.#options.host.status();
  }

  /** What the endpoint's runner offered last; empty before the first answer. */
  pipelines(): PipelineInfo[] {
    const known = this.#offeredByRunner;
    return known !== null && known.url === this.endpoint()?.url ? structuredClone(known.pipelines) : [];
  }

  /** What the link has told so far and the runner has logged, for a window that was loaded anew. */
  history(): Pick<AppInfo, 'timeline' | 'runnerLog'> {
    return { timeline: this.#timeline.all(), runnerLog: this.#runnerLog.all() };
  }

  /** Adds to the history what the window has seen and the link cannot know. @see invokeChannels `timeline:note` */
  note(note: RequestOf<'timeline:note'>): void {
    const { log, push } = this.#options;
    log.info('window:', note.what, note.why ?? '');
    const entry = { at: Date.now(), ...note };
    this.#timeline.add(entry);
    push('link:timeline', entry);
  }

  /** @see invokeChannels `settings:patch` */
  patchSettings(patch: ParsedRequestOf<'settings:patch'>): AnswerOf<'settings:patch'> {
    const { host, settings, recovery } = this.#options;
    const user = settings.patchUser(patch);
    if (patch.recovery !== undefined && recovery === null) host.configure(user.recovery);
    return user;
  }

  /** The user's runners, the endpoint in force first. */
  runners(): Runner[] {
    return this.#endpoints.list();
  }

  /** A link that runs knows the new list at once, and moves when another is the first. @see invokeChannels `runners:save` */
  async saveRunners(request: RequestOf<'runners:save'>): Promise<AnswerOf<'runners:save'>> {
    const saved = await this.#endpoints.save(request);
    if (saved.ok) this.#startAgain();
    return saved;
  }

  /** Takes an endpoint the user agreed to outside the window, tells the window, and moves a running link there. */
  async adoptEndpoint(endpoint: EndpointChoice): Promise<void> {
    await this.#endpoints.putFirst(endpoint);
    this.#options.push('runners:changed', this.runners());
    this.#startAgain();
  }

  /** @see invokeChannels `endpoint:test` */
  async testEndpoint({ url, token }: RequestOf<'endpoint:test'>): Promise<AnswerOf<'endpoint:test'>> {
    const address = endpointUrl(url);
    if (!address.ok) return address;
    const { url: tested } = address.value;
    const given = token === null ? ok(this.#options.secrets.tokenFor(tested)) : sendableToken(token);
    if (!given.ok) return given;
    const used = given.value || null;
    const result = await this.#ask(tested, used);
    const at = Date.now();
    this.#endpoints.tested(
      tested,
      used,
      result.ok
        ? { phase: 'passed', at, rttMs: result.value.rttMs, pipelines: result.value.pipelines.length }
        : { phase: 'refused', at, fault: result.problem },
    );
    return result;
  }

  /** Starts or moves the link. The parameters are stored, and exactly they are sent (A37). */
  start({ pipelineId, parameters }: RequestOf<'link:start'>): Result<null, Fault> {
    const { host, settings } = this.#options;
    const [place, ...fallbacks] = this.#endpoints.places();
    if (place === undefined) return fail(noEndpoint);
    settings.replaceParameters(pipelineId, parameters);
    const resume = this.#resume?.endpoint === place.url ? this.#resume : null;
    this.#resume = null;
    this.#pipelineId = pipelineId;
    host.start({ ...place, fallbacks, resume, userId: this.#userId(), pipelineId, parameters });
    return ok(null);
  }

  async stop(): Promise<void> {
    this.#pipelineId = null;
    await this.#options.host.stop();
  }

  retry(): void {
    this.#options.host.retryNow();
  }

  /** No open socket proves anything any more. */
  nudge(cause: 'sleep' | 'network'): void {
    this.#options.host.nudge(cause);
  }

  setParameters(pipelineId: string, values: ParameterValues): void {
    this.#options.settings.mergeParameters(pipelineId, values);
    this.#options.host.setParameters(values, pipelineId);
  }

  attachPage(sdp: string): Promise<Result<{ sdp: string }, Fault>> {
    return this.#options.host.attachPage(sdp);
  }

  async detachPage(): Promise<void> {
    this.#pipelineId = null;
    await this.#options.host.detachPage();
  }

  /** @see invokeChannels `pipelines:list` */
  async listPipelines(): Promise<AnswerOf<'pipelines:list'>> {
    const endpoint = this.endpoint();
    if (endpoint === null) return fail(noEndpoint);
    const address = endpointUrl(endpoint.url);
    if (!address.ok) return address;
    const report = await this.#ask(address.value.url, this.#options.secrets.tokenFor(address.value.url));
    if (!report.ok) return report;
    this.#offeredByRunner = { url: endpoint.url, pipelines: report.value.pipelines };
    return ok(report.value.pipelines);
  }

  dispose(): Promise<void> {
    return this.#options.host.dispose();
  }

  #ask(url: string, token: string | null): Promise<AnswerOf<'endpoint:test'>> {
    return this.#options.host.test({ url, token, userId: this.#userId() });
  }

  /** Tells a started link what has changed about where it may go. */
  #startAgain(): void {
    const { host, settings } = this.#options;
    const pipelineId = this.#pipelineId;
    if (pipelineId === null || host.status().state.phase === 'idle') return;
    this.start({ pipelineId, parameters: settings.parameters(pipelineId) });
  }

  #onLinkEvent(event: LinkEvent): void {
    const { push, log } = this.#options;
    switch (event.type) {
      case 'status':
        push('link:status', event.status);
        this.#options.onStatus(event.status);
        return;
      case 'timeline':
        // The link writes its own log lines.
        this.#timeline.add(event.entry);
        push('link:timeline', event.entry);
        return;
      case 'pipelines': {
        const url = this.status().endpoint?.url ?? this.endpoint()?.url;
        if (url !== undefined) this.#offeredByRunner = { url, pipelines: event.pipelines };
        push('pipelines:changed', event.pipelines);
        return;
      }
      case 'notice':
        push('app:notice', event.text);
        return;
      case 'logs':
        for (const line of event.lines) log.info('runner:', line);
        this.#runnerLog.add(...event.lines);
        push('runner:log', event.lines);
        return;
      case 'resumable':
        this.#options.keepTicket(event.ticket);
        return;
      default:
        event satisfies never;
    }
  }

  /** Made on first use, then kept: runners tell installations apart by it. */
  #userId(): string {
    const { settings } = this.#options;
    const known = settings.get('userId');
    if (known !== '') return known;
    const userId = randomUUID();
    settings.update({ userId });
    return userId;
  }
}
