import * as v from 'valibot';
import type { Fault } from '../../shared/link/fault.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ApiMethod } from '../../shared/wire/client-messages.ts';
import type { ParameterValues } from '../../shared/wire/parameters.ts';
import { pipelineList, pipelineStatus, type PipelineInfo } from '../../shared/wire/pipelines.ts';
import { apiProblemText, type ApiProblem } from './api-request.ts';
import { callApi } from './call-api.ts';
import type { Clock } from './clock.ts';
import { within } from './deadline.ts';
import type { LinkSettings } from './defaults.ts';
import type { Signalling } from './signalling.ts';

/** The runner's HTTP API, tunnelled through signalling. */
export class Api {
  readonly #signalling: Signalling;
  readonly #clock: Clock;
  readonly #settings: LinkSettings;

  constructor(signalling: Signalling, clock: Clock, settings: LinkSettings) {
    this.#signalling = signalling;
    this.#clock = clock;
    this.#settings = settings;
  }

  listPipelines(): Promise<Result<PipelineInfo[], ApiProblem>> {
    return this.#call(
      'GET',
      '/api/v1/pipelines',
      v.pipe(
        pipelineList,
        v.transform(({ pipelines }) => pipelines),
      ),
    );
  }

  /**
   * Loads a pipeline and waits until it runs. A runner may answer when it is loaded, or at once and load on.
   *
   * @returns `pipeline-failed` with the runner's own words when it cannot.
   */
  async loadPipeline(id: string, parameters: ParameterValues): Promise<Result<null, Fault>> {
    const path = '/api/v1/pipeline/load';
    const until = this.#clock.monotonic() + this.#settings.loadMs;
    const body = { pipeline_id: id, parameters };
    const answer = await this.#call('POST', path, v.unknown(), body, this.#settings.loadMs);
    if (!answer.ok) return pipelineFailed(apiProblemText(answer.problem));
    let status = v.safeParse(pipelineStatus, answer.value);
    while (status.success && status.output.status === 'loading') {
      if (this.#clock.monotonic() >= until) return pipelineFailed('It did not finish loading in time');
      // oxlint-disable-next-line no-await-in-loop -- a poll is one look after the other
      const next = await this.#lookAgain();
      if (!next.ok) return pipelineFailed(apiProblemText(next.problem));
      status = v.safeParse(pipelineStatus, next.value);
    }
    if (status.success && status.output.status !== 'loaded') {
      return pipelineFailed(status.output.error ?? `It is ${status.output.status.replace('_', ' ')}`);
    }
    return ok(null);
  }

  /** Ends a media session on the runner; one that it does not know is ended already. */
  endSession(id: string): Promise<Result<unknown, ApiProblem>> {
    return this.#call('DELETE', `/api/v1/webrtc/offer/${encodeURIComponent(id)}`, v.unknown());
  }

  async #lookAgain(): Promise<Result<v.InferOutput<typeof pipelineStatus>, ApiProblem>> {
    await within(this.#clock, this.#settings.loadPollMs, this.#signalling.gone, () => undefined);
    return this.#call('GET', '/api/v1/pipeline/status', pipelineStatus);
  }

  async #call<Answer>(
    method: ApiMethod,
    path: string,
    schema: v.GenericSchema<unknown, Answer>,
    body?: unknown,
    ms: number = this.#settings.requestMs,
  ): Promise<Result<Answer, ApiProblem>> {
    const answer = await callApi(this.#signalling, { method, path, body }, ms);
    if (!answer.ok) return answer;
    const parsed = v.safeParse(schema, answer.value.data);
    if (parsed.success) return ok(parsed.output);
    return fail({
      kind: 'unreadable',
      detail: `${method} ${path}: ${v.getDotPath(parsed.issues[0]) ?? 'no data'}`,
    });
  }
}

const pipelineFailed = (detail: string): { ok: false; problem: Fault } =>
  fail({ kind: 'pipeline-failed', detail });
