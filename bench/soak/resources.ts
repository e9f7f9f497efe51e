import { eventually } from '../../scripts/drive/eventually.ts';

/** What keeps this process alive, by kind: sockets, listeners, timers, pipes, child processes, requests. */
export type Resources = Readonly<Record<string, number>>;

export function activeResources(): Resources {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** Kinds of which there are more than there were. */
function leakedSince(before: Resources): string[] {
  return Object.entries(activeResources())
    .filter(([kind, count]) => count > (before[kind] ?? 0))
    .map(([kind, count]) => `${kind}: ${before[kind] ?? 0} → ${count}`);
}

/**
 * Resolves when there is no more than there was. The event loop may need some turns to take what is closed off its
 * list, and Playwright to say its last.
 *
 * @throws {Error} With the kinds of which there is more.
 */
export async function untilNothingLeaks(before: Resources): Promise<void> {
  try {
    await eventually('That nothing leaks', () => leakedSince(before).length === 0 || null, 10_000);
  } catch (error) {
    throw new Error(`Leaked: ${leakedSince(before).join(', ')}`, { cause: error });
  }
}
