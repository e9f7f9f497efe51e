import { randomUUID } from 'node:crypto';
import type { AnswerOf, AppInfo, RequestOf } from '../../shared/ipc/contract.ts';
import type { Fault } from '../../shared/link/fault.ts';
import type { LinkStatus } from '../../shared/link/status.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { EndpointChoice } from '../../shared/settings/schema.ts';
import type { ParameterValues } from '../../shared/wire/parameters.ts';
import type { PipelineInfo } from '../../shared/wire/pipelines.ts';
import type { Log } from '../diagnostics/log.ts';
import type { Push } from '../ipc/push.ts';
import { endpointUrl } from '../link/endpoint-url.ts';
import type { LinkEvent, LinkHost } from '../link/host.ts';
import type { Secrets } from '../settings/secrets.ts';
import type { SettingsStore } from '../settings/settings-store.ts';

export interface LinkServiceOptions {
  host: LinkHost;
  settings: SettingsStore;
  secrets: Secrets;
  /** Address of the runner that `npm start` has started; null otherwise. */
  offeredEndpoint: string | null;
  push: Push;
  /** Tray and power: told in the tick in which the link tells its status. */
  onStatus(status: LinkStatus): void;
  log: Log;
}

const offeredName = 'This computer';
const noEndpoint: Fault = { kind: 'invalid-endpoint', detail: 'No endpoint is chosen yet.' };
const notSaved: Fault = {
  kind: 'invalid-endpoint',
  detail: 'The token was not saved, so nothing was changed.',
};

/** Brings settings, tokens, link and window together; each of them knows nothing of the others. */
export class LinkService {
  readonly #options: LinkServiceOptions;
  #offeredByRunner: { url: string; pipelines: PipelineInfo[] } | null = null;

  constructor(options: LinkServiceOptions) {
    this.#options = options;
    options.host.subscribe((event) => this.#onLinkEvent(event));
  }

  /** The endpoint in force: the chosen one, else the offered one. */
  endpoint(): AppInfo['endpoint'] {
    const { settings, secrets, offeredEndpoint } = this.#options;
    const chosen = settings.user().endpoint;
    if (chosen !== null)
      return { ...chosen, hasToken: secrets.tokenFor(chosen.url) !== null, offered: false };
    if (offeredEndpoint === null) return null;
    return { name: offeredName, url: offeredEndpoint, hasToken: false, offered: true };
  }

  status(): LinkStatus {
    return this.#options.host.status();
  }

  /** What the endpoint's runner offered last; empty before the first answer. */
  pipelines(): PipelineInfo[] {
    const known = this.#offeredByRunner;
    return known !== null && known.url === this.endpoint()?.url ? structuredClone(known.pipelines) : [];
  }

  /** @see invokeChannels `endpoint:save` */
  async saveEndpoint({ endpoint, token }: RequestOf<'endpoint:save'>): Promise<AnswerOf<'endpoint:save'>> {
    const { settings, secrets } = this.#options;
    if (endpoint === null) {
      const forgotten = settings.user().endpoint;
      if (forgotten !== null) secrets.remove(forgotten.url);
      this.#choose(null);
      return ok(this.endpoint());
    }
    const address = endpointUrl(endpoint.url);
    if (!address.ok) return address;
    const { url } = address.value;
    if (token === '') secrets.remove(url);
    else if (token !== null && !(await secrets.save(url, token))) return fail(notSaved);
    this.#choose({ url, name: endpoint.name });
    return ok(this.endpoint());
  }

  /** Takes an endpoint the user agreed to outside the window, tells the window, and moves a running link there. */
  async adoptEndpoint(endpoint: EndpointChoice): Promise<void> {
    const { host, settings, push } = this.#options;
    const { state, pipelineId } = host.status();
    await this.saveEndpoint({ endpoint, token: null });
    push('endpoint:changed', this.endpoint());
    if (state.phase !== 'idle' && pipelineId !== null)
      this.start({ pipelineId, parameters: settings.parameters(pipelineId) });
  }

  /** @see invokeChannels `endpoint:test` */
  async testEndpoint({ url, token }: RequestOf<'endpoint:test'>): Promise<AnswerOf<'endpoint:test'>> {
    const address = endpointUrl(url);
    if (!address.ok) return address;
    const stored = this.#options.secrets.tokenFor(address.value.url);
    return this.#options.host.test({
      url: address.value.url,
      token: token ?? stored,
      userId: this.#userId(),
    });
  }

  /** Starts or moves the link. The parameters are stored, and exactly they are sent (A37). */
  start({ pipelineId, parameters }: RequestOf<'link:start'>): Result<null, Fault> {
    const { host, settings, secrets } = this.#options;
    const endpoint = this.endpoint();
    if (endpoint === null) return fail(noEndpoint);
    settings.replaceParameters(pipelineId, parameters);
    const token = secrets.tokenFor(endpoint.url);
    const { name, url } = endpoint;
    host.start({ name, url, token, userId: this.#userId(), pipelineId, parameters });
    return ok(null);
  }

  async stop(): Promise<void> {
    await this.#options.host.stop();
  }

  retry(): void {
    this.#options.host.retryNow();
  }

  setParameters(pipelineId: string, values: ParameterValues): void {
    this.#options.settings.mergeParameters(pipelineId, values);
    this.#options.host.setParameters(values, pipelineId);
  }

  attachPage(sdp: string): Promise<Result<{ sdp: string }, Fault>> {
    return this.#options.host.attachPage(sdp);
  }

  async detachPage(): Promise<void> {
    await this.#options.host.detachPage();
  }

  /** @see invokeChannels `pipelines:list` */
  async listPipelines(): Promise<AnswerOf<'pipelines:list'>> {
    const endpoint = this.endpoint();
    if (endpoint === null) return fail(noEndpoint);
    const report = await this.testEndpoint({ url: endpoint.url, token: null });
    if (!report.ok) return report;
    this.#offeredByRunner = { url: endpoint.url, pipelines: report.value.pipelines };
    return ok(report.value.pipelines);
  }

  dispose(): Promise<void> {
    return this.#options.host.dispose();
  }

  #choose(endpoint: EndpointChoice | null): void {
    this.#options.settings.patchUser({ endpoint });
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
