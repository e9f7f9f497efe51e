import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Whether an `Authorization` header carries the token. Digests are compared, in constant time, so that
 * neither the token's content nor its length shows in how long a refusal takes.
 *
 * @param token Null lets everyone in.
 */
export function bearsToken(token: string | null, authorization: string | undefined): boolean {
  if (token === null) return true;
  const given = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
