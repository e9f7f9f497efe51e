import type { Clock, Timer } from './clock.ts';
import type { LinkSettings } from './defaults.ts';
import type { FrameClock } from './media-port.ts';

export interface MediaWatchOptions {
  clock: Clock;
  settings: Pick<
    LinkSettings,
    'mediaSilenceMs' | 'mediaSilenceFrames' | 'mediaRepairMs' | 'mediaWatchMs' | 'stallMs'
  >;
  frames: FrameClock;
  /** When anything at all came last, on the clock of `monotonic`. */
  heardAt(): number | null;
  /** Whether frames are due now: the page is sending, nothing is paused or being loaded. */
  expected(): boolean;
  /** Told once for each silence. */
  onStalled(silentMs: number): void;
  /** Frames come again after that. */
  onFlowing(): void;
}

/** Tells whether a picture that is due really comes. The connection's own states are not asked. */
export interface MediaWatch {
  stop(): void;
}

/**
 * Watches the frames of one peer connection from its first on. Silence counts from the last frame, or from when
 * frames became due. As with the heartbeat, a look that comes late shows that our own loop stood still: what
 * arrived meanwhile may lie unread, so the silence is counted anew from there.
 *
 * While feedback still arrives the path lives and only the picture is missing: on a poor network a decoder waits
 * for what is sent again, or for a key frame, and another connection over the same path would wait as long.
 */
export function startMediaWatch(options: MediaWatchOptions): MediaWatch {
  const { clock, settings, frames } = options;
  let dueSince = clock.monotonic();
  let nextAt = dueSince + settings.mediaWatchMs;
  /** Frames there were when the silence was told; null while they flow. */
  let stalledAt: number | null = null;
  let timer: Timer = clock.setTimeout(look, settings.mediaWatchMs);

  function look(): void {
    const now = clock.monotonic();
    const stoodStill = now - nextAt > settings.stallMs;
    nextAt = now + settings.mediaWatchMs;
    timer = clock.setTimeout(look, settings.mediaWatchMs);
    if (stoodStill || !options.expected()) dueSince = now;
    if (stalledAt !== null) {
      if (frames.count === stalledAt) return;
      stalledAt = null;
      options.onFlowing();
      return;
    }
    const silentMs = now - Math.max(dueSince, frames.lastAt ?? 0);
    if (silentMs < limit(now)) return;
    stalledAt = frames.count;
    options.onStalled(Math.round(silentMs));
  }

  function limit(now: number): number {
    const heardAt = options.heardAt();
    const pathLives = heardAt !== null && now - heardAt < settings.mediaSilenceMs / 2;
    const silence = pathLives
      ? Math.max(settings.mediaRepairMs, settings.mediaSilenceMs)
      : settings.mediaSilenceMs;
    return Math.max(silence, settings.mediaSilenceFrames * (frames.medianMs ?? 0));
  }

  return { stop: () => clock.clearTimeout(timer) };
}
