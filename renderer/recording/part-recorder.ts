import { chunkMaxBytes } from '../../shared/ipc/recording-channels.ts';
import type { Result } from '../../shared/result.ts';
import { bitrateFor, keyFrameMs, maxWaitingBytes, pieceMs, recordingTypes } from './defaults.ts';

export interface PartDoors {
  /** Writes behind what was written; answers how many bytes are on the disk. */
  write(bytes: Uint8Array<ArrayBuffer>): Promise<Result<number, string>>;
  wrote(bytes: number): void;
  /** Why no more can be recorded, in a sentence; once at most. */
  failed(problem: string): void;
}

/** The kind of file that is recorded; null where Chromium has none. */
export const recordingType = (): string | null =>
  recordingTypes.find((type) => MediaRecorder.isTypeSupported(type)) ?? null;

/** Records one track into one file of main's, piece by piece. */
export class PartRecorder {
  readonly #recorder: MediaRecorder;
  readonly #doors: PartDoors;
  readonly #stopped = Promise.withResolvers<void>();
  #tail: Promise<void> = Promise.resolve();
  #waiting = 0;
  #stopping = false;
  #failed = false;

  /** @throws {DOMException} When the track cannot be recorded. */
  constructor(track: MediaStreamTrack, mimeType: string, doors: PartDoors) {
    this.#doors = doors;
    const { width = 0, height = 0 } = track.getSettings();
    // A stream of its own: one whose tracks change could not be recorded on.
    this.#recorder = new MediaRecorder(new MediaStream([track]), {
      mimeType,
      videoBitsPerSecond: bitrateFor({ width, height }),
      videoKeyFrameIntervalDuration: keyFrameMs,
    });
    this.#recorder.addEventListener('dataavailable', ({ data }) => this.#take(data));
    this.#recorder.addEventListener('stop', () => {
      if (!this.#stopping) this.#fail('The picture ended.');
      this.#stopped.resolve();
    });
    this.#recorder.addEventListener('error', () => this.#fail('The picture cannot be encoded.'));
    this.#recorder.start(pieceMs);
  }

  /** Resolves once main has the last piece, or will not take it. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#recorder.state === 'inactive') this.#stopped.resolve();
    else this.#recorder.stop();
    await this.#stopped.promise;
    await this.#tail;
  }

  /** One after the other; what is still to be written is bounded, as memory is. */
  #take(piece: Blob): void {
    if (piece.size === 0 || this.#failed) return;
    if (this.#waiting + piece.size > maxWaitingBytes) {
      this.#fail('The disk is too slow for this recording.');
      return;
    }
    this.#waiting += piece.size;
    this.#tail = this.#tail.then(() => this.#write(piece));
  }

  async #write(piece: Blob): Promise<void> {
    try {
      for (let at = 0; at < piece.size && !this.#failed; at += chunkMaxBytes) {
        const bytes = new Uint8Array(await piece.slice(at, at + chunkMaxBytes).arrayBuffer());
        const written = await this.#doors.write(bytes);
        if (written.ok) this.#doors.wrote(written.value);
        else this.#fail(written.problem);
      }
    } catch (error) {
      console.error('A piece of the recording was not written', error);
      this.#fail('The recording could not be handed to the disk.');
    } finally {
      this.#waiting -= piece.size;
    }
  }

  #fail(problem: string): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#doors.failed(problem);
  }
}
