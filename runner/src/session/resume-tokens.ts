import { createHash, randomBytes } from 'node:crypto';
import { tokenBytes, rememberedTokens } from './defaults.ts';

/** Why a token opens nothing: never given out here, its session is over, or it was used already. */
export type ResumeMiss = 'unknown' | 'expired' | 'used';

/**
 * The tokens with which clients come back to their sessions: 128 random bits, for one use. A client that
 * presents one is sent the next; the one presented stays good until the client has shown that the next has
 * arrived, as the connection may break in between, and a client must not lose its session to that.
 *
 * Digests are kept, not tokens, so that neither a lookup's time nor a memory dump tells one.
 */
export class ResumeTokens<Session extends object> {
  readonly #good = new Map<string, Session>();
  readonly #of = new Map<Session, { newest: string; presented: string | null }>();
  /** Those that are no longer good, so that a client can be told why; the oldest are forgotten first. */
  readonly #gone = new Map<string, Exclude<ResumeMiss, 'unknown'>>();

  /** Makes the session's next token. */
  issue(session: Session): string {
    const token = randomBytes(tokenBytes).toString('base64url');
    const digest = digestOf(token);
    const before = this.#of.get(session);
    // One that was never presented is replaced: its client came back with the one before.
    if (before && before.newest !== before.presented) this.#retire(before.newest, 'used');
    this.#good.set(digest, session);
    this.#of.set(session, { newest: digest, presented: before?.presented ?? null });
    return token;
  }

  /** Finds the session of a token, which counts as presented by that. */
  present(token: string): { session: Session } | { miss: ResumeMiss } {
    const digest = digestOf(token);
    const session = this.#good.get(digest);
    const tokens = session && this.#of.get(session);
    if (!session || !tokens) return { miss: this.#gone.get(digest) ?? 'unknown' };
    const { newest, presented } = tokens;
    if (presented !== null && presented !== digest) this.#retire(presented, 'used');
    this.#of.set(session, { newest, presented: digest });
    return { session };
  }

  /**
   * A token has reached its client: the one presented for it is used up. Not so if it was replaced meanwhile: an
   * earlier dial of the same client may get here late and take the session over, and then that one is all it has.
   */
  confirm(session: Session, token: string): void {
    const tokens = this.#of.get(session);
    if (
      !tokens ||
      tokens.newest !== digestOf(token) ||
      tokens.presented === null ||
      tokens.presented === tokens.newest
    )
      return;
    this.#retire(tokens.presented, 'used');
    this.#of.set(session, { newest: tokens.newest, presented: null });
  }

  /** The session is over, and its tokens with it. */
  expire(session: Session): void {
    const tokens = this.#of.get(session);
    if (!tokens) return;
    this.#retire(tokens.newest, 'expired');
    if (tokens.presented !== null) this.#retire(tokens.presented, 'expired');
    this.#of.delete(session);
  }

  #retire(digest: string, why: Exclude<ResumeMiss, 'unknown'>): void {
    if (!this.#good.delete(digest)) return;
    this.#gone.set(digest, why);
    const [oldest] = this.#gone.keys();
    if (this.#gone.size > rememberedTokens && oldest !== undefined) this.#gone.delete(oldest);
  }
}

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
