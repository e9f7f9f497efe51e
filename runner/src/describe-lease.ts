import type { SessionInfo } from '../../shared/wire/sessions.ts';
import { frameCountsIntervalMs } from './media/defaults.ts';
import type { Lease } from './session/lease.ts';

/**
 * A session as its client is told it.
 *
 * @param now Milliseconds of the clock that the lease was made with.
 */
export function describeLease(lease: Lease, now: number): SessionInfo {
  const { session, holder, counts } = lease;
  const perSecond = 1000 / frameCountsIntervalMs;
  return {
    id: lease.id,
    slot: lease.slot.index,
    signalling: holder === null ? 'lingering' : holder.kind === 'http' ? 'http' : 'attached',
    media_session_id: session.mediaId,
    media: session.media,
    pipeline: session.pipeline,
    age_ms: Math.round(now - lease.startedAt),
    ends_in_ms: lease.endsInMs === null ? null : Math.round(lease.endsInMs),
    user_id: lease.userId,
    frames: counts && {
      in_fps: counts.in * perSecond,
      out_fps: counts.out * perSecond,
      dropped: counts.dropped,
      inference_ms: counts.inferenceMs,
    },
  };
}
