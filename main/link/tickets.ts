import { endpointUrl } from '../../shared/link/endpoint-url.ts';
import type { Place, ResumeTicket } from './host.ts';
import type { Ready } from './signalling.ts';

/**
 * The ticket that a runner's `ready` brings for the session; null when it gives none.
 *
 * The runner may name an address of its own, past a balancer. It is dialled with the endpoint's token, which the
 * runner knows already, but never over a connection that is less protected than the endpoint's.
 */
export function ticketOf(ready: Ready, place: Place): ResumeTicket | null {
  const { resume_token: token, resume_url: named } = ready;
  if (!ready.capabilities.includes('resume') || token === undefined || token === '') return null;
  return { url: addressAsSafeAs(place.url, named) ?? place.url, token, endpoint: place.url };
}

/** An address that a runner names in full, if it may be dialled instead of its own. */
export function addressAsSafeAs(url: string, named: string | undefined): string | null {
  // People leave the scheme out. From a runner such a text may be anything.
  if (named === undefined || !named.includes('://')) return null;
  const [own, other] = [endpointUrl(url), endpointUrl(named)];
  if (!own.ok || !other.ok) return null;
  const isSafe = (address: string): boolean => address.startsWith('wss:');
  if (isSafe(own.value.url) && !isSafe(other.value.url)) return null;
  return other.value.url;
}
