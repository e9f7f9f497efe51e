import type { Clock } from './clock.ts';
import type { LinkSettings } from './defaults.ts';

export interface HeartbeatOptions {
  clock: Clock;
  settings: Pick<LinkSettings, 'pingIntervalMs' | 'livenessMs' | 'probeMs' | 'stallMs'>;
  /** Sends one ping that carries `id`. */
  ping(id: string): void;
  /** Nothing was received for `silentMs`. Told once; the heartbeat has stopped by then. */
  onSilent(silentMs: number): void;
  onRoundTrip(ms: number): void;
}

/** Tells a dead peer from a quiet one. Any frame is a sign of life; a ping that was written is none. */
export interface Heartbeat {
  received(): void;
  pong(id: string): void;
  /** Asks at once, and takes a short silence for the end. */
  probe(): void;
  stop(): void;
}

/**
 * Pings at the interval and reports a peer of which nothing was heard for `livenessMs`.
 *
 * One timer serves both. When it fires late, our own event loop stood still and what the peer sent may still
 * lie unread, so one more interval is granted before anyone is declared dead.
 */
export function startHeartbeat(options: HeartbeatOptions): Heartbeat {
  const { clock, settings } = options;
  const sentAt = new Map<string, number>();
  let count = 0;
  let heardAt = clock.monotonic();
  let deadlineAt = heardAt + settings.livenessMs;
  let pingAt = heardAt;
  let timer = clock.setTimeout(tick, 0);
  let dueAt = heardAt;

  function tick(): void {
    const now = clock.monotonic();
    if (now - dueAt > settings.stallMs) deadlineAt = Math.max(deadlineAt, now + settings.pingIntervalMs);
    if (now >= deadlineAt) {
      options.onSilent(now - heardAt);
      return;
    }
    if (now >= pingAt) {
      sendPing(now);
      pingAt = now + settings.pingIntervalMs;
    }
    dueAt = Math.min(pingAt, deadlineAt);
    timer = clock.setTimeout(tick, dueAt - now);
  }

  function sendPing(now: number): void {
    count += 1;
    sentAt.set(String(count), now);
    options.ping(String(count));
  }

  return {
    received() {
      heardAt = clock.monotonic();
      deadlineAt = heardAt + settings.livenessMs;
    },
    pong(id) {
      const sent = sentAt.get(id);
      if (sent === undefined) return;
      // Pings older than an answered one will not be answered any more.
      for (const key of sentAt.keys()) if (Number(key) <= Number(id)) sentAt.delete(key);
      options.onRoundTrip(clock.monotonic() - sent);
    },
    probe() {
      const now = clock.monotonic();
      deadlineAt = Math.min(deadlineAt, now + settings.probeMs);
      pingAt = now;
      clock.clearTimeout(timer);
      dueAt = now;
      timer = clock.setTimeout(tick, 0);
    },
    stop() {
      clock.clearTimeout(timer);
    },
  };
}
