import type { Agent } from 'node:http';

export type ProxyFor = (url: string) => Promise<string>;

export function createAgentFor(
  _proxyFor: ProxyFor,
  _log: (level: 'info' | 'warn', text: string) => void,
): (url: string) => Promise<Agent | undefined> {
  return () => Promise.resolve(undefined);
}
