import type { ServerMessage } from '../../shared/wire/server-messages.ts';
import type { Clock } from './clock.ts';

export interface StopOptions {
  clock: Clock;
  drainMs: number;
  /** Where clients should go; null does not say. */
  endpoint: string | null;
}

/** The two ways of stopping: with a deadline, which clients are told, and now, which cuts the other short. */
export interface Stop {
  /** Sets the deadline; harmless the second time. */
  begin(): void;
  /** What clients are told while the deadline runs; null otherwise. */
  goaway(): Extract<ServerMessage, { type: 'goaway' }> | null;
  /** Resolves when all have left, at the deadline, or when `now` is called. */
  wait(left: Promise<void>): Promise<void>;
  /** Runs the end once, whoever asks for it first. */
  now(end: () => Promise<void>): Promise<void>;
}

export function stopInOrder({ clock, drainMs, endpoint }: StopOptions): Stop {
  const cutShort = Promise.withResolvers<void>();
  let deadline: number | null = null;
  let ending: Promise<void> | null = null;
  return {
    begin() {
      deadline ??= clock.now() + drainMs;
    },
    goaway() {
      if (deadline === null) return null;
      const leftMs = Math.max(0, Math.round(deadline - clock.now()));
      return { type: 'goaway', deadline_ms: leftMs, ...(endpoint !== null && { endpoint }) };
    },
    async wait(left) {
      const stopTimer = clock.after(Math.max(0, (deadline ?? 0) - clock.now()), cutShort.resolve);
      await Promise.race([left, cutShort.promise]);
      stopTimer();
    },
    now(end) {
      cutShort.resolve();
      ending ??= end();
      return ending;
    },
  };
}
