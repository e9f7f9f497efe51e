import * as v from 'valibot';
import type { Result } from '../result.ts';
import { shown } from '../bridge/shown.ts';
import { parameterValues } from '../wire/parameters.ts';
import { channel } from './channel.ts';

const mebibyte = 1024 * 1024;

/** Largest piece of a recording in one call, bytes: a second of it is 5 MB at most (see the recorder's bitrates). */
export const chunkMaxBytes = 16 * mebibyte;

/** Largest snapshot, bytes: noise at 3840 × 3840, the largest frame there can be, does not compress at all. */
const snapshotMaxBytes = 64 * mebibyte;

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const label = v.pipe(v.string(), v.maxLength(512));
const bytesUpTo = (max: number) =>
  v.pipe(
    v.instance(Uint8Array),
    v.check((bytes) => bytes.byteLength > 0 && bytes.byteLength <= max, `1 to ${max} bytes`),
  );

/** What a recording consists of: a file each, of the same moment. */
const recordedPart = v.picklist(['output', 'source']);
export type RecordedPart = v.InferOutput<typeof recordedPart>;

/** What a snapshot says about itself; nothing secret, since pictures are handed on. */
const snapshotFacts = v.strictObject({
  /** Null: no pipeline has been chosen yet. */
  pipelineId: v.nullable(v.pipe(v.string(), v.maxLength(64))),
  parameters: parameterValues,
  shown: v.nullable(shown),
  source: v.strictObject({ kind: v.picklist(['pattern', 'camera', 'screen', 'file']), name: label }),
  size: v.strictObject({ width: v.pipe(v.number(), v.integer()), height: v.pipe(v.number(), v.integer()) }),
});
export type SnapshotFacts = v.InferOutput<typeof snapshotFacts>;

/** A file that was begun or saved. The page knows it by its id, never by its path. */
export interface SavedFile {
  id: string;
  /** File name without folder. */
  name: string;
}

/** What main tells about recordings by itself. */
export type RecordingNews =
  /** Main ended it, as it could not be written. `kept`: what was written before is there, and is being finished. */
  | { type: 'broken'; id: string; problem: string; kept: boolean }
  /** The app is quitting: the page is to hand in what it has and end it. */
  | { type: 'end-wanted'; id: string }
  | {
      type: 'saved';
      id: string;
      /** One, or two with the source; those that hold no picture are left out. */
      files: SavedFile[];
      /** What is wrong with them, in a sentence; null when they are as they should be. */
      problem: string | null;
      /** From an earlier run, which had ended in the midst of it. */
      leftOver: boolean;
    };

/** Recordings and snapshots: the page makes them, main writes them. */
export const recordingChannels = {
  /** A page is there and wants the news. What an earlier page was recording ends here. */
  'recording:attend': channel<void>()(v.undefined()),
  'recording:begin': channel<Result<SavedFile, string>>()(v.strictObject({ source: v.boolean() })),
  /** Answers how many bytes of this part are on the disk, this piece included. Pieces are written in order. */
  'recording:write': channel<Result<number, string>>()(
    v.strictObject({ id, part: recordedPart, bytes: bytesUpTo(chunkMaxBytes) }),
  ),
  /** Answers once nothing can be lost any more; making it seekable goes on, and news tells of it. */
  'recording:end': channel<void>()(v.strictObject({ id })),
  'snapshot:save': channel<Result<SavedFile, string>>()(
    v.strictObject({ png: bytesUpTo(snapshotMaxBytes), facts: snapshotFacts }),
  ),
  /** Shows a recording or snapshot of this run in the system's file manager. */
  'saved:reveal': channel<void>()(v.strictObject({ id })),
} as const;
