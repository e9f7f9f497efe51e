import type { RecordedPart } from '../../shared/ipc/recording-channels.ts';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import { PartRecorder, recordingType } from './part-recorder.ts';

/** Main's side of recordings. */
export type RecorderDoors = Pick<Bridge, 'beginRecording' | 'writeRecording' | 'endRecording'>;

export type RecorderReport =
  | { type: 'began'; id: string; name: string; since: number }
  /** It could not begin, for this reason. */
  | { type: 'refused'; problem: string }
  /** Bytes on the disk, of all its files. */
  | { type: 'written'; id: string; bytes: number }
  /** It cannot go on, for this reason; to be ended. */
  | { type: 'failed'; id: string; problem: string }
  /** Main has all of it. */
  | { type: 'ended'; id: string };

interface Running {
  id: string;
  parts: PartRecorder[];
}

/** Records the output, and by choice the source beside it: one recording at a time. */
export class Recorder {
  readonly #doors: RecorderDoors;
  readonly #report: (report: RecorderReport) => void;
  #running: Running | null = null;

  constructor(doors: RecorderDoors, report: (report: RecorderReport) => void) {
    this.#doors = doors;
    this.#report = report;
  }

  /** @param source Null: the output alone. */
  async start(output: MediaStream, source: MediaStream | null): Promise<void> {
    const type = recordingType();
    if (type === null) {
      this.#report({ type: 'refused', problem: 'Recording is not possible here.' });
      return;
    }
    const tracks: [RecordedPart, MediaStreamTrack | undefined][] = [['output', output.getVideoTracks()[0]]];
    if (source) tracks.push(['source', source.getVideoTracks()[0]]);
    const begun = await this.#doors.beginRecording({ source: source !== null });
    if (!begun.ok) {
      this.#report({ type: 'refused', problem: begun.problem });
      return;
    }
    const { id, name } = begun.value;
    const running: Running = { id, parts: [] };
    const bytes: Record<RecordedPart, number> = { output: 0, source: 0 };
    let problem: unknown = null;
    try {
      for (const [part, track] of tracks) {
        if (!track) throw new Error(`no track of the ${part}`);
        const recorder = new PartRecorder(track, type, {
          write: (piece) => this.#doors.writeRecording({ id, part, bytes: piece }),
          wrote: (total) => {
            bytes[part] = total;
            this.#report({ type: 'written', id, bytes: bytes.output + bytes.source });
          },
          failed: (why) => this.#report({ type: 'failed', id, problem: why }),
        });
        running.parts.push(recorder);
      }
    } catch (error) {
      console.error('The recorder does not start', error);
      problem = error;
    }
    // Only now: whoever hears of it may end it at once.
    this.#running = running;
    this.#report({ type: 'began', id, name, since: Date.now() });
    if (problem !== null) this.#report({ type: 'failed', id, problem: 'The picture cannot be recorded.' });
  }

  /** Hands in what is left and ends it. Nothing when nothing is being recorded. */
  async stop(): Promise<void> {
    const running = this.#running;
    if (!running) return;
    this.#running = null;
    await Promise.all(running.parts.map((part) => part.stop()));
    await this.#doors.endRecording({ id: running.id });
    this.#report({ type: 'ended', id: running.id });
  }
}
