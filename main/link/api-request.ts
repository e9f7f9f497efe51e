import type { ApiMethod } from '../../shared/wire/client-messages.ts';
import { requestProblemText, type RequestProblem } from './pending-requests.ts';

/** A call of the runner's HTTP API. */
export interface ApiRequest {
  method: ApiMethod;
  /** Begins with `/api/`. */
  path: string;
  body?: unknown;
  /** Milliseconds until it is given up, a repetition after a loss included. 30,000 by default. */
  timeoutMs?: number;
}

/** A 2xx answer. */
export interface ApiAnswer {
  status: number;
  data: unknown;
}

/**
 * Why an API call gave no usable answer. `lost` and `timeout` say nothing about the request and may be
 * repeated; `offline`: there is no link that could carry it.
 */
export type ApiProblem =
  | RequestProblem
  | { kind: 'status'; status: number; detail: string }
  | { kind: 'offline' };

export function apiProblemText(problem: ApiProblem): string {
  switch (problem.kind) {
    case 'status':
      return problem.detail === '' ? `The runner answered with status ${problem.status}` : problem.detail;
    case 'offline':
      return 'There is no connection to a runner';
    default:
      return requestProblemText(problem);
  }
}
