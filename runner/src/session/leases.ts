import type { Clock } from '../clock.ts';
import type { EndReason } from './lease-state.ts';
import { Lease } from './lease.ts';
import type { FrameCounts } from './process-messages.ts';
import { ResumeTokens, type ResumeMiss } from './resume-tokens.ts';
import { Session, type SessionOptions } from './session.ts';
import { Slots } from './slots.ts';

export interface LeasesOptions {
  slots: number;
  graceMs: number;
  maxDurationMs: number | null;
  clock: Clock;
  /** For each session. */
  session: SessionOptions;
  /** A session has ended; the process of it may still be going. */
  onEnd: (lease: Lease, reason: EndReason) => void;
  onFrames: (lease: Lease, counts: FrameCounts) => void;
}

/** All sessions of a runner: who gets a slot, who comes back to which session, and when all are gone. */
export class Leases {
  readonly slots: Slots;
  readonly #options: LeasesOptions;
  readonly #tokens = new ResumeTokens<Lease>();
  readonly #all = new Set<Lease>();
  /** Of ended sessions, while their processes go. */
  readonly #going = new Set<Promise<void>>();
  readonly #idle = new Set<() => void>();
  readonly #onEnd: LeasesOptions['onEnd'] = (lease, reason) => this.#ended(lease, reason);

  constructor(options: LeasesOptions) {
    this.#options = options;
    this.slots = new Slots(options.slots);
  }

  /** Those that have not ended. */
  get all(): ReadonlySet<Lease> {
    return this.#all;
  }

  /** @returns Null when every slot is taken. */
  take(): Lease | null {
    const slot = this.slots.take();
    if (slot === null) return null;
    const { clock, graceMs, maxDurationMs, onFrames } = this.#options;
    const session = new Session(this.#options.session);
    const lease = new Lease({ session, slot, clock, graceMs, maxDurationMs, onEnd: this.#onEnd, onFrames });
    this.#all.add(lease);
    return lease;
  }

  /** The session of a token that a client came back with. */
  present(token: string): { lease: Lease } | { miss: ResumeMiss } {
    const found = this.#tokens.present(token);
    return 'session' in found ? { lease: found.session } : found;
  }

  /** The token with which the client of a session can come back to it; the one before is then on its way out. */
  nextToken(lease: Lease): string {
    lease.tokenSent();
    return this.#tokens.issue(lease);
  }

  /** That token has reached its client. */
  confirmToken(lease: Lease, token: string): void {
    this.#tokens.confirm(lease, token);
  }

  heldBy(holderId: string): Lease | null {
    return this.#find((lease) => lease.holder?.id === holderId);
  }

  withMedia(mediaId: string): Lease | null {
    return this.#find((lease) => lease.session.mediaId === mediaId);
  }

  /** Resolves when no session is left. */
  async empty(): Promise<void> {
    if (this.#all.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#idle.add(resolve);
    });
  }

  /** Ends all sessions; resolves when their processes, and those of sessions that ended before, are gone. */
  async endAll(reason: EndReason, detail: string): Promise<void> {
    for (const lease of this.#all) lease.end(reason, detail);
    await Promise.all(this.#going);
  }

  #ended(lease: Lease, reason: EndReason): void {
    this.#all.delete(lease);
    this.#tokens.expire(lease);
    this.slots.release(lease.slot, lease.gone);
    this.#going.add(lease.gone);
    void lease.gone.then(() => this.#going.delete(lease.gone));
    this.#options.onEnd(lease, reason);
    if (this.#all.size > 0) return;
    for (const resolve of this.#idle) resolve();
    this.#idle.clear();
  }

  #find(matches: (lease: Lease) => boolean): Lease | null {
    for (const lease of this.#all) if (matches(lease)) return lease;
    return null;
  }
}
