import { endpointUrl } from '../../shared/link/endpoint-url.ts';

/** An address as it may be shown and logged: an unusable one could hold a password or a token. */
export function shownUrl(url: string): string {
  const endpoint = endpointUrl(url);
  return endpoint.ok ? endpoint.value.url : url.replace(/^(.*\/\/)?[^/]*@/, '$1').replace(/[?#].*$/s, '');
}
