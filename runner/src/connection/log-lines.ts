import { rateLimit } from '../guard/rate-limit.ts';
import { logRate } from './defaults.ts';

/** Decides which of a session's log lines the client gets; what is left out is said with the next one. */
export function logLines(now: () => number): (line: string) => string[] {
  const limit = rateLimit(logRate, now);
  let left = 0;
  return (line) => {
    if (!limit.take()) {
      left += 1;
      return [];
    }
    const lines = left === 0 ? [line] : [`(${left} lines left out)`, line];
    left = 0;
    return lines;
  };
}
