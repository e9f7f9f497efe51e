import * as v from 'valibot';
import type { EndpointChoice } from '../../shared/settings/schema.ts';
import { proposedEndpoint, proposeEndpoint } from './propose-endpoint.ts';

/** The scheme the system hands to us. */
export const linkScheme = 'linkspan';

/** A longer link is not looked at. */
const maxCharacters = 4096;

/**
 * Reads `linkspan://add-endpoint?url=wss://…&name=…`: the only link there is. It proposes, it decides nothing,
 * and it cannot bring a token: a link is no place for one.
 *
 * @returns Null for anything else: another action, an unknown or repeated parameter, an address we would not dial.
 */
export function parseDeepLink(link: string): EndpointChoice | null {
  if (link.length > maxCharacters || !URL.canParse(link)) return null;
  const { protocol, host, pathname, searchParams, hash } = new URL(link);
  if (protocol !== `${linkScheme}:` || host !== 'add-endpoint' || hash !== '') return null;
  if (pathname !== '' && pathname !== '/') return null;
  const entries = [...searchParams];
  const values = Object.fromEntries(entries);
  if (Object.keys(values).length !== entries.length) return null;
  const parsed = v.safeParse(proposedEndpoint, values);
  if (!parsed.success) return null;
  const proposal = proposeEndpoint(parsed.output);
  return proposal.ok ? proposal.value : null;
}
