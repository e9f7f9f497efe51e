import type { EndpointReport } from '../../shared/ipc/contract.ts';
import type { MachineEffect } from '../../shared/link/effect.ts';
import type { Command, Report } from '../../shared/link/event.ts';
import type { Fault } from '../../shared/link/fault.ts';
import type { LinkPolicy } from '../../shared/link/retry-policy.ts';
import type { LinkState } from '../../shared/link/state.ts';
import type { LinkStatus } from '../../shared/link/status.ts';
import type { Result } from '../../shared/result.ts';
import type { ParameterValues } from '../../shared/wire/parameters.ts';
import { Bulletin } from './bulletin.ts';
import type { Clock } from './clock.ts';
import { Connection } from './connection.ts';
import type { LinkSettings } from './defaults.ts';
import type { LinkEvent, LinkTarget } from './host.ts';
import { Interpreter } from './interpreter.ts';
import type { MediaPort } from './media-port.ts';
import type { PageGate } from './page-gate.ts';
import { Parameters } from './parameters.ts';
import { PipelineSwitch } from './pipeline-switch.ts';
import { shownUrl } from './shown-url.ts';
import { faultWithoutSecret } from './without-secret.ts';

export interface LinkOptions {
  media: MediaPort;
  clock: Clock;
  settings: LinkSettings;
  policy: LinkPolicy;
  page: PageGate;
  log: (level: 'info' | 'warn' | 'error', text: string) => void;
  emit: (event: LinkEvent) => void;
}

type Target = Omit<LinkTarget, 'parameters' | 'onFirstFailure'>;

/** One link: where it goes, with which values. The interpreter decides when, the bulletin tells about it. */
export class Link {
  readonly #options: LinkOptions;
  readonly #bulletin: Bulletin;
  readonly #interpreter: Interpreter<Connection>;
  readonly #parameters = new Parameters();
  readonly #switch = new PipelineSwitch();
  /** Null while idle: nothing is kept across stop. */
  #target: Target | null = null;
  /** The pipeline that is being loaded beside the running one, with the values it is to have. */
  #next: { pipelineId: string; parameters: Parameters } | null = null;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#bulletin = new Bulletin({
      ...options,
      secret: () => this.#target?.token ?? null,
      status: () => this.status(),
      sample: (meter) => {
        const { connection } = this.#interpreter;
        if (connection?.leg) meter.sample(connection.leg.counters, connection.rttMs);
      },
    });
    this.#interpreter = new Interpreter<Connection>({
      clock: options.clock,
      policy: options.policy,
      open: (generation, report, after) => this.#open(generation, report, after),
      load: (connection, effect, report) => this.#load(connection, effect, report),
      changed: (state) => this.#changed(state),
      tell: (what, why) => this.#bulletin.tell(what, why),
      notice: (text) => this.#bulletin.notice(text),
      failedToEnd: (error) => options.log('error', `The link did not end cleanly: ${String(error)}`),
    });
  }

  start(given: LinkTarget): void {
    const { parameters, onFirstFailure = 'show', ...rest } = given;
    const target: Target = { ...rest, token: rest.token?.trim() || null };
    const change = this.#changeTo(target);
    if (change === 'pipeline' && this.#interpreter.state.phase === 'live') {
      this.#next = { pipelineId: target.pipelineId, parameters: new Parameters() };
      this.#next.parameters.replace(parameters);
    } else if (change === 'parameters' && this.#next !== null) {
      this.#next.parameters.replace(parameters);
    } else {
      this.#next = null;
      this.#target = target;
      this.#parameters.replace(parameters);
      this.#interpreter.connection?.flushParameters();
    }
    this.#interpreter.command({
      type: 'start',
      change,
      pipelineId: target.pipelineId,
      onFailure: onFirstFailure,
    });
  }

  async stop(): Promise<void> {
    this.#target = null;
    this.#next = null;
    this.#parameters.replace({});
    this.#interpreter.command({ type: 'stop' });
    await this.#interpreter.settled();
  }

  retryNow(): void {
    this.#interpreter.command({ type: 'retry' });
  }

  setParameters(values: ParameterValues, pipelineId?: string): void {
    if (this.#target === null) return;
    if (pipelineId === undefined || pipelineId === this.#target.pipelineId) {
      this.#parameters.merge(values);
      this.#interpreter.connection?.flushParameters();
    }
    // Also when it runs already: the user may have come back to it over another whose load is under way.
    if (pipelineId === this.#next?.pipelineId) this.#next?.parameters.merge(values);
  }

  status(): LinkStatus {
    const target = this.#target;
    return {
      state: this.#interpreter.state,
      endpoint: target && {
        name: this.#bulletin.clean(target.name),
        url: this.#bulletin.clean(shownUrl(target.url)),
      },
      pipelineId: target?.pipelineId ?? null,
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
    const { connection } = this.#interpreter;
    if (this.#target === null || connection === null) return null;
    if (shownUrl(this.#target.url) !== url || this.#target.token !== token) return null;
    return connection.examine();
  }

  #changeTo(target: Target): Extract<Command, { type: 'start' }>['change'] {
    const now = this.#target;
    if (now === null) return 'endpoint';
    const same = (['url', 'token', 'userId'] as const).every((key) => now[key] === target[key]);
    if (!same) return 'endpoint';
    return target.pipelineId === (this.#next?.pipelineId ?? now.pipelineId) ? 'parameters' : 'pipeline';
  }

  #changed(state: LinkState): void {
    if (state.phase !== 'live') this.#next = null;
    this.#bulletin.changed(state);
  }

  #open(generation: number, report: (report: Report) => void, after: Promise<unknown>): Connection {
    const { media, clock, settings, page, emit } = this.#options;
    const target = this.#target;
    if (target === null) throw new Error('An attempt without a target: the machine started by itself.');
    return new Connection({
      target,
      parameters: this.#parameters,
      media,
      clock,
      settings,
      after,
      page: page.attached,
      report: (news) => {
        const fault = 'fault' in news ? { fault: faultWithoutSecret(news.fault, target.token) } : {};
        report({ ...news, ...fault, generation });
      },
      pipelines: (pipelines) => emit({ type: 'pipelines', pipelines }),
      push: (message) => this.#bulletin.push(message),
      log: (level, text) => this.#bulletin.log(level, text),
    });
  }

  #load(
    connection: Connection,
    { generation, pipelineId }: Extract<MachineEffect, { type: 'load' }>,
    report: (report: Report) => void,
  ): void {
    const next = this.#next;
    if (next?.pipelineId !== pipelineId) throw new Error('A load that nobody asked for.');
    this.#switch.request(
      () => connection.loadPipeline(pipelineId, next.parameters.takeAll()),
      (outcome) => {
        // A later choice may wait already, and a connection that is gone has no say.
        if (this.#next === next) this.#next = null;
        if (this.#target === null || this.#interpreter.connection !== connection) return;
        if (!outcome.ok) {
          const fault = faultWithoutSecret(outcome.problem, this.#target.token);
          report({ type: 'load-refused', generation, pipelineId, fault });
          return;
        }
        this.#target = { ...this.#target, pipelineId };
        this.#parameters.adopt(next.parameters);
        connection.flushParameters();
        report({ type: 'loaded', generation, pipelineId });
      },
    );
  }
}
