import { isLoopbackHost } from '../guard/loopback-host.ts';
import { minTokenLength } from './defaults.ts';
import { isRunnerId } from './runner-id.ts';
import type { RunnerOptions } from './runner-options.ts';

/**
 * Checks what no option can be asked alone, and what would open a hole if a program, rather than the command line,
 * gave it.
 *
 * @returns What is wrong and what to change, or null.
 */
export function checkOptions({ host, token, tls, publicUrl, id }: RunnerOptions): string | null {
  if (token !== null && token.length < minTokenLength) {
    return `The token has ${token.length} characters; give it at least ${minTokenLength}.`;
  }
  if (token !== null && !/^[!-~]+$/.test(token)) {
    return 'The token travels in an HTTP header: give it ASCII letters, digits and signs only, and no spaces.';
  }
  if (token === null && !isLoopbackHost(host)) {
    return (
      `${host} can be reached from other machines, and without a token anyone there could use this ` +
      'runner. Give --token-file (or LINKSPAN_RUNNER_TOKEN), or bind to 127.0.0.1.'
    );
  }
  if (tls !== null && publicUrl?.startsWith('ws:')) {
    return `With --cert the runner speaks TLS only, so clients cannot reach it at ${publicUrl}: give wss:// in --public-url.`;
  }
  if (id !== '' && !isRunnerId(id)) {
    return `"${id}" cannot be a runner's id: give 1 to 64 letters, digits, "-" and "_".`;
  }
  return null;
}
