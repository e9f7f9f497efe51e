import { readFileSync, readdirSync } from 'node:fs';
import type { Runner } from '../../runner/src/start-runner.ts';
import type { SignallingClient } from './signalling-client.ts';

/** The process id of the client's session, which gets a process by this if it has none yet. */
export async function processOf(client: SignallingClient, runner: Runner): Promise<number> {
  const before = runner.sessionPids;
  const loaded = await client.api('POST', '/api/v1/pipeline/load', { pipeline_id: 'passthrough' });
  if (loaded.type !== 'api_response' || loaded.status !== 200) throw new Error(JSON.stringify(loaded));
  const after = runner.sessionPids;
  const pid = after.find((candidate) => !before.includes(candidate)) ?? after[0];
  if (pid === undefined) throw new Error('no session has a process');
  return pid;
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Processes whose parent is `pid`, from Linux's process table. */
export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((candidate) => parentOf(candidate) === pid);
}

function parentOf(pid: number): number | null {
  try {
    // The name in parentheses may hold anything, so the fields after it are counted from its end (proc(5)).
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    // It has gone meanwhile.
    return null;
  }
}
