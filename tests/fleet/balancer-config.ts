import { readFileSync } from 'node:fs';
import path from 'node:path';

const example = path.join(import.meta.dirname, '../../docs/examples/runner/haproxy.cfg');

export interface BalancerPlaces {
  /** Of clients, on 127.0.0.1. */
  port: number;
  /** Unix socket for commands. */
  control: string;
  /** Seconds after which an open WebSocket without traffic is cut. */
  idleS: number;
  /** The runners' ports on 127.0.0.1, by their ids. */
  ports: ReadonlyMap<string, number>;
}

/**
 * The configuration that docs/runner.md recommends, with this machine's places in it and nothing else changed, so
 * that what these tests show holds for whoever copies it.
 *
 * @throws {Error} If the example has no such line any more.
 */
export function balancerConfig({ port, control, idleS, ports }: BalancerPlaces): string {
  const servers = [...ports].map(([id, port]) => `  server ${id} 127.0.0.1:${port}`);
  return [
    { line: /^ {2}user .*\n {2}group .*/m, ours: `  stats socket ${control} level admin` },
    { line: /^ {2}bind .*/m, ours: `  bind 127.0.0.1:${port}` },
    { line: /^ {2}timeout tunnel .*/m, ours: `  timeout tunnel ${idleS}s` },
    { line: /^(?: {2}server .*\n)+/gm, ours: `${servers.join('\n')}\n` },
  ].reduce(
    (text, { line, ours }) => {
      if (!line.test(text)) throw new Error(`docs/examples/runner/haproxy.cfg has no line like ${line}`);
      return text.replace(line, ours);
    },
    readFileSync(example, 'utf8'),
  );
}
