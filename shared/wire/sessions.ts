import * as v from 'valibot';
import { pipelineStatus } from './pipelines.ts';

/** Answer of `GET /api/v1/session`: the asking client's own session. */
export const sessionInfo = v.object({
  id: v.string(),
  /** From 0. */
  slot: v.number(),
  /** `lingering` within the grace after a lost socket; `http` when no socket belongs to it. */
  signalling: v.picklist(['attached', 'lingering', 'http']),
  media_session_id: v.nullable(v.string()),
  media: v.picklist(['none', 'connecting', 'connected']),
  pipeline: pipelineStatus,
  age_ms: v.number(),
  /** Milliseconds until it ends for its age; null if it does not. */
  ends_in_ms: v.nullable(v.number()),
  user_id: v.nullable(v.string()),
  /** The last second; null before media flowed. */
  frames: v.nullable(
    v.object({
      in_fps: v.number(),
      out_fps: v.number(),
      dropped: v.number(),
      /** Mean; null without an inference. */
      inference_ms: v.nullable(v.number()),
    }),
  ),
});

/** A still that a session keeps until it ends. */
export const snapshotInfo = v.object({
  id: v.string(),
  width: v.number(),
  height: v.number(),
  /** Length of the PNG. */
  bytes: v.number(),
  taken_at: v.pipe(v.string(), v.isoTimestamp()),
});

/** Answer of `GET /api/v1/session/snapshots`, the oldest first. */
export const snapshotList = v.object({ snapshots: v.array(snapshotInfo) });

export type SessionInfo = v.InferOutput<typeof sessionInfo>;
export type SnapshotInfo = v.InferOutput<typeof snapshotInfo>;
