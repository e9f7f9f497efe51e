import { expect, it } from 'vitest';
import { ResumeTokens } from './resume-tokens.ts';

const session = { name: 'a' };

it('gives tokens of 128 bits that nobody can guess', () => {
  const tokens = new ResumeTokens<object>();
  const given = Array.from({ length: 1000 }, () => tokens.issue({}));
  expect(new Set(given).size).toBe(1000);
  for (const token of given) expect(Buffer.from(token, 'base64url')).toHaveLength(16);
  expect(tokens.present('AAAAAAAAAAAAAAAAAAAAAA')).toEqual({ miss: 'unknown' });
});

it('opens a session once with each token, as soon as the next one has arrived', () => {
  const tokens = new ResumeTokens<object>();
  const first = tokens.issue(session);
  expect(tokens.present(first)).toEqual({ session });
  const second = tokens.issue(session);
  tokens.confirm(session, second);
  expect(tokens.present(first)).toEqual({ miss: 'used' });
  expect(tokens.present(second)).toEqual({ session });
});

it('opens it again with the same token while the next one may have been lost', () => {
  const tokens = new ResumeTokens<object>();
  const first = tokens.issue(session);
  tokens.present(first);
  const lost = tokens.issue(session);
  expect(tokens.present(first)).toEqual({ session });
  const second = tokens.issue(session);
  // The one that was lost is no good to whoever finds it.
  expect(tokens.present(lost)).toEqual({ miss: 'used' });
  expect(tokens.present(second)).toEqual({ session });
  expect(tokens.present(first)).toEqual({ miss: 'used' });
});

it('A44: is not taken in by a token that arrives after an earlier dial has taken the session over', () => {
  const tokens = new ResumeTokens<object>();
  const first = tokens.issue(session);
  tokens.present(first);
  const ofTheLive = tokens.issue(session);
  // The dial that was given up gets here after the one that came back.
  tokens.present(first);
  tokens.issue(session);
  tokens.confirm(session, ofTheLive);
  expect(tokens.present(first)).toEqual({ session });
});

it('knows that a token arrived by its being presented', () => {
  const tokens = new ResumeTokens<object>();
  const first = tokens.issue(session);
  tokens.present(first);
  const second = tokens.issue(session);
  expect(tokens.present(second)).toEqual({ session });
  expect(tokens.present(first)).toEqual({ miss: 'used' });
});

it('opens nothing once the session is over, and says so', () => {
  const tokens = new ResumeTokens<object>();
  const token = tokens.issue(session);
  tokens.expire(session);
  expect(tokens.present(token)).toEqual({ miss: 'expired' });
  // Harmless when there is nothing to do.
  tokens.expire(session);
  tokens.confirm(session, token);
});
