import { tokenBytes } from '../session/defaults.ts';

/** What a client announces at the upgrade: that it cannot come back, that it can, or that it is back. */
export type ResumeHeader = { kind: 'none' } | { kind: 'new' } | { kind: 'token'; token: string };

/** Characters of a token: base64url without padding. */
const tokenLength = Math.ceil((tokenBytes * 4) / 3);

/** Reads `Linkspan-Resume`. What is neither `new` nor of a token's form is a token that nobody has. */
export function readResumeHeader(value: string | string[] | undefined): ResumeHeader {
  // Node joins a repeated header of this kind with a comma, which no token has.
  if (typeof value !== 'string') return { kind: 'none' };
  if (value === 'new') return { kind: 'new' };
  return { kind: 'token', token: value.slice(0, tokenLength + 1) };
}
