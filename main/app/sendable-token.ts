import type { Fault } from '../../shared/link/fault.ts';
import { fail, ok, type Result } from '../../shared/result.ts';

/** What no header can hold (RFC 9110, 5.5): what comes along unseen when a token is copied, such as U+200B. */
const unsendable = /[^\t\x20-\x7e\x80-\xff]/;

/** A token as it can be sent, without the space that was copied around it. */
export function sendableToken(token: string): Result<string, Fault> {
  const trimmed = token.trim();
  if (!unsendable.test(trimmed)) return ok(trimmed);
  return fail({
    kind: 'invalid-endpoint',
    detail: 'The token holds a character that cannot be sent, perhaps one that is not seen. Copy it again.',
  });
}
