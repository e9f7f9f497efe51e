import type { Admission } from '../guard/user-check.ts';

/** Asks about one user; null in its place lets everyone in. */
export type UserCheck = (userId: string) => Promise<Admission>;

type State =
  | { kind: 'unknown' }
  | { kind: 'checking'; outcome: Promise<Admission> }
  | { kind: 'known' }
  | { kind: 'refused'; why: Exclude<Admission, 'admitted'> };

/** Who the client says it is, and whether that was accepted. */
export class Identity {
  readonly #check: UserCheck | null;
  #state: State;

  /** @param known From before, when the client comes back to its session. */
  constructor(check: UserCheck | null, known: boolean) {
    this.#check = check;
    this.#state = known ? { kind: 'known' } : { kind: 'unknown' };
  }

  /** Why the client has to go, once that is known. */
  get refused(): Exclude<Admission, 'admitted'> | null {
    return this.#state.kind === 'refused' ? this.#state.why : null;
  }

  /** The client names itself. The last name counts. */
  async name(userId: string): Promise<Admission> {
    const outcome = this.#check === null ? Promise.resolve<Admission>('admitted') : this.#check(userId);
    const state: State = { kind: 'checking', outcome };
    this.#state = state;
    const admission = await outcome;
    if (this.#state === state) {
      this.#state = admission === 'admitted' ? { kind: 'known' } : { kind: 'refused', why: admission };
    }
    return admission;
  }

  /**
   * Whether the client may ask for something. At once when it has not named itself (A47); what it asks while it
   * is being checked waits for the outcome, as clients do not wait for `user_id_set`.
   */
  async accepted(): Promise<boolean> {
    switch (this.#state.kind) {
      case 'checking':
        return (await this.#state.outcome) === 'admitted';
      case 'known':
        return true;
      case 'unknown':
      case 'refused':
        return false;
      default:
        this.#state satisfies never;
        return false;
    }
  }
}
