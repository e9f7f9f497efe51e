/** The recording that runs. `id` is main's. */
export type RecordingState =
  | { phase: 'off' }
  | { phase: 'starting' }
  | {
      phase: 'recording';
      id: string;
      name: string;
      /** Epoch milliseconds. */
      since: number;
      /** On the disk, of all its files. */
      bytes: number;
    }
  /** What is left is being handed in. */
  | { phase: 'ending'; id: string };
