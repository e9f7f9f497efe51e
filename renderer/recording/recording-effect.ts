import type { SnapshotFacts } from '../../shared/ipc/recording-channels.ts';

/** What is to be done about recordings and snapshots. */
export type RecordingEffect =
  /** The page is ready to hear what main has to tell of recordings. */
  | { type: 'attend-recordings' }
  | { type: 'start-recording'; source: boolean }
  | { type: 'end-recording' }
  | { type: 'take-snapshot'; facts: Omit<SnapshotFacts, 'size'> }
  /** Shows a saved file in the system's file manager. */
  | { type: 'reveal-saved'; id: string };
