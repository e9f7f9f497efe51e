import type { Fault } from '../../shared/link/fault.ts';
import type { LinkTarget, Place, ResumeTicket } from './host.ts';
import { closeCode } from '../../shared/wire/close-codes.ts';
import { addressAsSafeAs } from './tickets.ts';

/** Where a link may go: the user's endpoint, those it falls back to, and those that a leaving runner named. */
export class Route {
  readonly userId: string;
  /** The way back to the session, while there is one. */
  ticket: ResumeTicket | null;
  readonly #places: Place[];
  #latest: Fault | null = null;
  /** Token that the latest attempt presented, and the one that more than one did. */
  readonly #presented: { last: string | null; again: string | null } = { last: null, again: null };

  constructor({ name, url, token, userId, fallbacks = [], resume = null }: LinkTarget) {
    this.userId = userId;
    this.#places = [place({ name, url, token })];
    this.setFallbacks(fallbacks, 0);
    this.ticket = resume !== null && resume.endpoint === url ? { ...resume } : null;
  }

  get places(): readonly Place[] {
    return this.#places;
  }

  /** Everything that no status, log or history may show. */
  get secrets(): string[] {
    const tokens = this.#places.map(({ token }) => token);
    return [...tokens, this.ticket?.token ?? null].filter((secret) => secret !== null);
  }

  place(index: number): Place {
    return this.#places[index] ?? this.#places[0]!;
  }

  /**
   * Other places to fall back to. Indexes are in use, so what is known keeps its place; where one is no longer wanted
   * the first endpoint stands from now on, so that nothing is sent there any more.
   *
   * @param inForce Index of the endpoint in force, which stays what it is.
   */
  setFallbacks(fallbacks: readonly Place[], inForce: number): void {
    const wanted = new Set(fallbacks.map(({ url }) => url));
    for (const [index, { url }] of this.#places.entries()) {
      if (index > 0 && index !== inForce && !wanted.has(url)) this.#places[index] = this.#places[0]!;
    }
    for (const fallback of fallbacks.map(place)) {
      const known = this.#places.findIndex(({ url }, index) => index > 0 && url === fallback.url);
      if (known > 0) this.#places[known] = fallback;
      else this.#places.push(fallback);
    }
  }

  /** Whether the user means the same endpoint. */
  leadsAsDoes(other: Route): boolean {
    const [here, there] = [this.#places[0]!, other.#places[0]!];
    return here.url === there.url && here.token === there.token && this.userId === other.userId;
  }

  /** The ticket for an attempt that begins; null when there is none for that place. */
  present({ url }: Place): ResumeTicket | null {
    if (this.ticket?.endpoint !== url) return null;
    const { token } = this.ticket;
    if (token === this.#presented.last) this.#presented.again = token;
    this.#presented.last = token;
    return this.ticket;
  }

  /**
   * Index of the endpoint that a leaving runner names; null when it names none that may be dialled. One that is
   * new is added at the end, with the token of the runner that vouches for it.
   *
   * @param from Index of the endpoint in force.
   */
  indexOfNamed(from: number, named: string | undefined): number | null {
    const here = this.place(from);
    const url = addressAsSafeAs(here.url, named);
    if (url === null) return null;
    const known = this.#places.findIndex((other) => other.url === url);
    if (known >= 0) return known;
    return this.#places.push({ name: new URL(url).host, url, token: here.token }) - 1;
  }

  /** A runner was ready: nothing of before is wrong. */
  forgetFault(): void {
    this.#latest = null;
  }

  /**
   * What the end of a connection means that came with this ticket; it is noted.
   *
   * An attempt that was given up can still be on its way. Once the network lets it through, it takes the session over
   * from the one made after it, and is gone: that is no end for good. The ticket could be used twice, so it is good.
   */
  endOf(fault: Fault, ticket: ResumeTicket | null): Fault {
    const isTakeover = fault.kind === 'terminated' && fault.code === 'TAKEN_OVER';
    const isOwn = isTakeover && ticket !== null && ticket.token === this.#presented.again;
    if (isOwn) this.ticket = ticket;
    this.#latest = isOwn ? { kind: 'closed', code: closeCode.takenOver, reason: fault.detail } : fault;
    return this.#latest;
  }

  /** The place's address, if what failed last was that nothing listened there; else null. */
  refusedAt(index: number): string | null {
    const isRefused = this.#latest?.kind === 'unreachable' && this.#latest.code === 'ECONNREFUSED';
    return isRefused ? this.place(index).url : null;
  }
}

const place = ({ name, url, token }: Place): Place => ({ name, url, token: token?.trim() || null });
