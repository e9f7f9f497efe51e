/**
 * What to call an endpoint: its host, so that the user recognises it.
 *
 * @returns The address itself when it is none that can be parsed; main will refuse it with a reason.
 */
export function endpointName(url: string): string {
  return URL.canParse(url) ? new URL(url).host.slice(0, 128) || url.slice(0, 128) : url.slice(0, 128);
}
