import * as v from 'valibot';
import { presentFault } from '../../shared/link/present-fault.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { endpointChoice, type EndpointChoice } from '../../shared/settings/schema.ts';
import { endpointUrl } from '../../shared/link/endpoint-url.ts';

/** No line breaks or marks that turn the writing direction: they could disguise what a dialog shows. */
const plainName = v.pipe(endpointChoice.entries.name, v.trim(), v.regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u));

/** What links and files may say about an endpoint. Strict, so that neither can bring a token. */
export const proposedEndpoint = v.strictObject({
  url: v.pipe(endpointChoice.entries.url, v.minLength(1)),
  name: v.optional(plainName, ''),
});

/**
 * Checks the address by the rules of a typed one; without a name, the host serves as one.
 *
 * @returns The proposal, or a sentence for the user that says why it cannot be made.
 */
export function proposeEndpoint({
  url,
  name,
}: v.InferOutput<typeof proposedEndpoint>): Result<EndpointChoice, string> {
  const address = endpointUrl(url);
  if (!address.ok) return fail(presentFault(address.problem).advice);
  const choice = { url: address.value.url, name: name || new URL(address.value.url).host };
  if (v.is(endpointChoice, choice)) return ok(choice);
  return fail('The address of the runner is too long.');
}
