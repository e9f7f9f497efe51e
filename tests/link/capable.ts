import type { Script, ScriptedPeer } from './scripted-runner.ts';

export interface CapableOptions {
  graceMs?: number;
  /** Whether a session that is resumed still has its media. */
  media?: boolean;
  /** More of `ready`. */
  ready?: (peer: ScriptedPeer) => Record<string, unknown>;
}

/**
 * The greeting of a runner with all extensions: every connection is given a token, each is good for one resume,
 * and whoever presents another is told so and goes on as new.
 */
export function capable({
  graceMs = 15_000,
  media = true,
  ready = () => ({}),
}: CapableOptions = {}): Script['greet'] {
  const tokens = new Set<string>();
  let count = 0;
  return (peer) => {
    const asked = resumeTokenOf(peer);
    if (asked !== null && tokens.delete(asked)) peer.send({ type: 'resumed', session_id: 's1', media });
    else if (asked !== null) peer.send({ type: 'resume_failed', reason: 'unknown token' });
    count += 1;
    const token = `ticket-${count}`;
    tokens.add(token);
    peer.send({
      type: 'ready',
      connection_id: `c${count}`,
      capabilities: ['resume', 'rebuild', 'goaway'],
      resume_token: token,
      grace_ms: graceMs,
      ...ready(peer),
    });
  };
}

/** The token that a client presented; null for one that comes as new, or knows nothing of it. */
export function resumeTokenOf({ upgrade }: ScriptedPeer): string | null {
  const header = upgrade.headers['linkspan-resume'];
  return typeof header !== 'string' || header === 'new' ? null : header;
}
