import * as v from 'valibot';
import type { FoundRunner } from '../../shared/ipc/runner-channels.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What the app needs of a runner's `GET /health`; newer runners may say more. */
const health = v.object({
  name: v.literal('linkspan-runner'),
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
  version: v.pipe(v.string(), v.maxLength(64), v.regex(/^[\w.+-]*$/)),
  slots: v.object({ total: count, free: count }),
});

/** @returns Null when it is not a runner that says this. */
export function readHealth(text: string): Omit<FoundRunner, 'url'> | null {
  try {
    const { success, output } = v.safeParse(health, JSON.parse(text));
    return success ? { id: output.id, version: output.version, slots: output.slots } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
