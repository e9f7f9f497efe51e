import * as v from 'valibot';
import { endpointChoice, type EndpointChoice } from '../../shared/settings/schema.ts';
import { endpointUrl } from '../link/endpoint-url.ts';

/** The scheme the system hands to us. */
export const linkScheme = 'linkspan';

/** A longer link is not looked at. */
const maxCharacters = 4096;

/** No line breaks or marks that turn the writing direction: they could disguise what a dialog shows. */
const plainName = v.pipe(v.string(), v.trim(), v.maxLength(128), v.regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u));

const addEndpoint = v.strictObject({
  url: v.pipe(v.string(), v.minLength(1), v.maxLength(2048)),
  name: v.optional(plainName, ''),
});

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
  const parsed = v.safeParse(addEndpoint, values);
  if (!parsed.success) return null;
  const address = endpointUrl(parsed.output.url);
  if (!address.ok) return null;
  const { url } = address.value;
  const choice = v.safeParse(endpointChoice, { url, name: parsed.output.name || new URL(url).host });
  return choice.success ? choice.output : null;
}

/** The first link among a process's arguments, as it stands; null when there is none. */
export function findDeepLink(argv: readonly string[]): string | null {
  return argv.find((argument) => argument.toLowerCase().startsWith(`${linkScheme}:`)) ?? null;
}
