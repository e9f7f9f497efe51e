import type { Runner } from '../../runner/src/start-runner.ts';

/** How many sessions wait for their client to come back; only the runner's metrics tell. */
export async function lingering(runner: Runner): Promise<number> {
  const text = await (await fetch(`${runner.httpUrl}/metrics`)).text();
  return Number(/linkspan_sessions\{signalling="lingering"\} (\d+)/.exec(text)?.[1]);
}
