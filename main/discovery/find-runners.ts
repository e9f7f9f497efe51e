import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { FoundRunner } from '../../shared/ipc/runner-channels.ts';
import { findLimitMs, maxHealthLength } from './defaults.ts';
import { readHealth } from './read-health.ts';

/** Both loopbacks: a runner may listen on one alone. The first is what people know, so that it is offered. */
const hosts = ['127.0.0.1', '[::1]'] as const;

/**
 * Asks once whether runners answer on this machine.
 *
 * @param limitMs Longest wait, for all of them together.
 * @returns In the order of the ports; a runner that listens on both loopbacks counts once.
 */
export async function findRunners(ports: readonly number[], limitMs = findLimitMs): Promise<FoundRunner[]> {
  const signal = AbortSignal.timeout(limitMs);
  const places = ports.flatMap((port) => hosts.map((host) => `${host}:${port}`));
  const answers = await Promise.all(places.map((place) => askHealth(place, signal)));
  const found = new Map<string, FoundRunner>();
  for (const [index, answer] of answers.entries()) {
    const health = answer === null ? null : readHealth(answer);
    if (health !== null && !found.has(health.id))
      found.set(health.id, { url: `ws://${places[index]}/ws`, ...health });
  }
  return [...found.values()];
}

/** @returns What is answered with status 200; null when nobody does, in time and in few words. */
async function askHealth(place: string, signal: AbortSignal): Promise<string | null> {
  // Neither a proxy nor a connection that is kept: the question is about this machine, and asked once.
  const request = get(`http://${place}/health`, { agent: false, signal });
  try {
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return response.statusCode === 200 ? await readBounded(response) : null;
  } catch {
    // Nobody listens, or whoever does speaks no HTTP or takes too long: no runner, and nothing to tell.
    return null;
  } finally {
    request.destroy();
  }
}

async function readBounded(response: IncomingMessage): Promise<string | null> {
  let text = '';
  for await (const part of response.setEncoding('utf8') as AsyncIterable<string>) {
    text += part;
    if (text.length > maxHealthLength) return null;
  }
  return text;
}
