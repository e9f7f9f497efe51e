import type { Fault } from '../../shared/link/fault.ts';

/** Shorter ones would blacken ordinary words, and protect nothing. */
const shortestSecret = 4;

/**
 * A text with each occurrence of the secret blackened. For whatever a runner wrote: it was sent the token, and
 * may quote it.
 */
export function withoutSecret(text: string, secret: string | null): string {
  return secret === null || secret.length < shortestSecret ? text : text.replaceAll(secret, '•••');
}

/** The same for a fault's free texts. Its `kind` is ours, and may well equal somebody's token. */
export function faultWithoutSecret(fault: Fault, secret: string | null): Fault {
  const clean = { ...fault };
  if ('detail' in clean) clean.detail = withoutSecret(clean.detail, secret);
  if (clean.kind === 'closed') clean.reason = withoutSecret(clean.reason, secret);
  if (clean.kind === 'terminated') clean.code = withoutSecret(clean.code, secret);
  return clean;
}
