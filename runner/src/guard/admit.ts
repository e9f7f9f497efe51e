import type { IncomingMessage } from 'node:http';
import type { RunnerOptions } from '../config/runner-options.ts';
import { isLoopbackHost } from './loopback-host.ts';
import { bearsToken } from './token-check.ts';

export interface Refusal {
  status: 401 | 403;
  error: string;
}

/** What of the options decides who may come in. */
export type AdmissionRules = Pick<RunnerOptions, 'host' | 'token' | 'allowedOrigins'>;

/**
 * Decides on one request or upgrade by its headers alone.
 *
 * - `Host`: without a token a runner answers to names of this machine only, so that a web page cannot reach it
 *   by a name of its own that resolves to 127.0.0.1. A token does this job too, and lets a proxy pass its name on.
 * - `Origin`: only browsers send it, and a web page must be allowed by name.
 * - Token: health probes need none, as they tell nothing that a stranger could use.
 *
 * @returns Null when the request may pass.
 */
export function refuse(
  { headers, url }: Pick<IncomingMessage, 'headers' | 'url'>,
  rules: AdmissionRules,
): Refusal | null {
  const host = headers.host?.replace(/:\d+$/, '') ?? '';
  if (rules.token === null && !isLoopbackHost(host)) {
    return {
      status: 403,
      error:
        `Without a token this runner answers to names of its own machine only, not to "${host}". ` +
        'Behind a proxy, give it one with --token-file.',
    };
  }
  const { origin } = headers;
  if (origin !== undefined && !rules.allowedOrigins.includes(origin)) {
    return {
      status: 403,
      error: `Web pages of ${origin} may not use this runner; --allow-origin ${origin} would let them.`,
    };
  }
  if (isHealthProbe(url) || bearsToken(rules.token, headers.authorization)) return null;
  return {
    status: 401,
    error:
      headers.authorization === undefined
        ? 'This runner needs a token: send it as "Authorization: Bearer TOKEN".'
        : 'The token is wrong.',
  };
}

function isHealthProbe(url: string | undefined): boolean {
  return /^\/health(\/(live|ready))?(\?|$)/.test(url ?? '');
}
