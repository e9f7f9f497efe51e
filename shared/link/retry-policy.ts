import { recoveryDefaults } from './defaults.ts';
import { defaultRecovery, type RecoverySettings } from './recovery-settings.ts';

/** When a lost link is tried again, as a value. */
export interface RetryPolicy {
  /** Attempts that each strategy has in one episode. */
  readonly attempts: number;
  /**
   * Pause before a recovery attempt.
   *
   * @param attempt 1-based.
   * @param roll A random number in [0, 1) that decides the jitter.
   * @returns Milliseconds to wait, jitter included, or null when the policy gives up.
   * @throws {RangeError} If attempt is no whole number from 1 on; that is a programming error.
   */
  delayMs(attempt: number, roll: number): number | null;
}

/**
 * A policy that walks through a list of pauses, each spread by a share to either side.
 *
 * @param delaysMs One pause for each attempt, in milliseconds.
 * @param jitter Share of the pause, 0–1: 0.25 makes 1,000 ms anything from 750 to 1,250 ms.
 */
export function retryPolicy(
  delaysMs: readonly number[] = recoveryDefaults.delaysMs,
  jitter: number = recoveryDefaults.jitter,
): RetryPolicy {
  return {
    attempts: delaysMs.length,
    delayMs(attempt, roll) {
      if (!Number.isInteger(attempt) || attempt < 1)
        throw new RangeError(`attempt is 1-based, got ${attempt}`);
      const pause = delaysMs[attempt - 1];
      return pause === undefined ? null : Math.round(pause * (1 + jitter * (2 * roll - 1)));
    },
  };
}

/** Everything the reducer needs to know about when. */
export interface LinkPolicy {
  retry: RetryPolicy;
  /** Longest episode, milliseconds; waiting for `ready` on an open socket is not counted. */
  episodeMs: number;
  /** Pause between the tries after giving up, milliseconds. */
  slowRetryMs: number;
  /** How long a link must last before its attempts are given back, milliseconds. */
  stableMs: number;
  /** Silence after which media is made anew although that costs the session, milliseconds. */
  renewAfterMs: number;
}

/** The policy that the user's numbers make. */
export function linkPolicy({ attempts, episodeMs, slowRetryMs, stableMs }: RecoverySettings): LinkPolicy {
  const { delaysMs, renewAfterMs } = recoveryDefaults;
  const last = delaysMs.length - 1;
  const delays = Array.from({ length: attempts }, (_, index) => delaysMs[Math.min(index, last)]!);
  return { retry: retryPolicy(delays), episodeMs, slowRetryMs, stableMs, renewAfterMs };
}

export const defaultLinkPolicy: LinkPolicy = linkPolicy(defaultRecovery);
