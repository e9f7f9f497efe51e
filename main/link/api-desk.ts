import { fail, type Result } from '../../shared/result.ts';
import type { ApiAnswer, ApiProblem, ApiRequest } from './api-request.ts';
import { callApi } from './call-api.ts';
import type { Clock } from './clock.ts';
import { within } from './deadline.ts';
import type { Signalling } from './signalling.ts';

export interface ApiDeskOptions {
  clock: Clock;
  /** For requests that name no time-out, milliseconds. */
  requestMs(): number;
  /** A socket that is ready; null while there is none. */
  socket(): Pick<Signalling, 'request'> | null;
  /** Whether a socket is there or may come. */
  isHopeful(): boolean;
}

/** What a caller may ask for twice without harm. */
const repeatable: ReadonlySet<string> = new Set(['GET', 'DELETE']);

/**
 * API calls that outlive their socket. All calls on a socket that is lost are told so at once by the socket
 * itself; those that may be repeated wait here for the next one, as long as their caller would have waited.
 */
export class ApiDesk {
  readonly #options: ApiDeskOptions;
  #next = Promise.withResolvers<void>();

  constructor(options: ApiDeskOptions) {
    this.#options = options;
  }

  /** Something changed: a socket is ready, or none will come. */
  changed(): void {
    this.#next.resolve();
    this.#next = Promise.withResolvers<void>();
  }

  async request(request: ApiRequest): Promise<Result<ApiAnswer, ApiProblem>> {
    const { clock } = this.#options;
    const ms = request.timeoutMs ?? this.#options.requestMs();
    const until = clock.monotonic() + ms;
    for (;;) {
      const left = until - clock.monotonic();
      if (left <= 0) return fail({ kind: 'timeout', ms });
      const socket = this.#options.socket();
      // oxlint-disable-next-line no-await-in-loop -- a repetition comes after what it repeats
      const answer = await (socket === null ? this.#wait(request, left) : callApi(socket, request, left));
      if (answer === null || mayRepeat(request, answer)) continue;
      // The last socket had only what was left of the time.
      return isLate(answer) ? fail({ kind: 'timeout', ms }) : answer;
    }
  }

  /** @returns Null when it is worth another look. */
  async #wait(request: ApiRequest, ms: number): Promise<Result<ApiAnswer, ApiProblem> | null> {
    if (!repeatable.has(request.method) || !this.#options.isHopeful()) return fail({ kind: 'offline' });
    return within(
      this.#options.clock,
      ms,
      this.#next.promise.then(() => null),
      () => null,
    );
  }
}

const isLate = (answer: Result<ApiAnswer, ApiProblem>): boolean =>
  !answer.ok && answer.problem.kind === 'timeout';

const mayRepeat = (request: ApiRequest, answer: Result<ApiAnswer, ApiProblem>): boolean =>
  !answer.ok && answer.problem.kind === 'lost' && repeatable.has(request.method);
