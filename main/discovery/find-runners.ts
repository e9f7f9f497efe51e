import type { FoundRunner } from '../../shared/ipc/runner-channels.ts';
import { askHealth, type OwnHost } from './ask-health.ts';
import { findLimitMs } from './defaults.ts';
import { readHealth } from './read-health.ts';

/** Both loopbacks: a runner may listen on one alone. The first is what people know, so that it is offered. */
const hosts: readonly OwnHost[] = ['127.0.0.1', '[::1]'];

/**
 * Asks once whether runners answer on this machine.
 *
 * @param limitMs Longest wait, for all of them together.
 * @returns In the order of the ports; a runner that listens on both loopbacks counts once, where it can be used.
 */
export async function findRunners(ports: readonly number[], limitMs = findLimitMs): Promise<FoundRunner[]> {
  const signal = AbortSignal.timeout(limitMs);
  const places = ports.flatMap((port) => hosts.map((host) => ({ host, port })));
  const answers = await Promise.all(places.map(({ host, port }) => askHealth(host, port, signal)));
  const found = new Map<string, FoundRunner>();
  for (const answer of answers) {
    const health = answer && readHealth(answer.text);
    if (!answer || health === null) continue;
    const { url, problem } = answer;
    const known = found.get(health.id);
    if (known === undefined || (known.problem !== undefined && problem === null))
      found.set(health.id, { url, ...health, ...(problem !== null && { problem }) });
  }
  return [...found.values()];
}
