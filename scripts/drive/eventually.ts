import { setTimeout as pause } from 'node:timers/promises';

const betweenMs = 100;

/**
 * Looks until something is there.
 *
 * @param look Answers undefined or null as long as it is not.
 * @param timeoutMs Guard against waiting for ever, no measure of speed.
 * @throws {Error} "`what` did not happen …" when it never is.
 */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | null | undefined> | T | null | undefined,
  timeoutMs = 20_000,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`${what} did not happen within ${timeoutMs / 1000} s.`);
    await pause(betweenMs);
  }
}
