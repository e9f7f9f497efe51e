import type { FrameSize } from '../../shared/settings/schema.ts';
import type { ComposeMessage } from './compose-message.ts';

/** The window's side of the composing worker: owns the one outgoing track. */
export class Composer {
  /** Lives as long as the page; silent while there is no source. */
  readonly track: MediaStreamTrack;
  readonly #worker: Worker;

  constructor(size: FrameSize) {
    const generator = new MediaStreamTrackGenerator({ kind: 'video' });
    this.track = generator;
    this.track.contentHint = 'motion';
    this.#worker = new Worker(new URL('./compose-worker.ts', import.meta.url), { type: 'module' });
    this.#tell({ type: 'begin', writable: generator.writable, size }, [generator.writable]);
  }

  resize(size: FrameSize): void {
    this.#tell({ type: 'resize', size });
  }

  /** Sends the frames of a track from now on. The track stays the caller's, who stops it. */
  showTrack(track: MediaStreamTrack): void {
    const { readable } = new MediaStreamTrackProcessor({ track, maxBufferSize: 1 });
    this.#tell({ type: 'frames', readable }, [readable]);
  }

  showPattern(): void {
    this.#tell({ type: 'pattern' });
  }

  showNothing(): void {
    this.#tell({ type: 'none' });
  }

  #tell(message: ComposeMessage, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }
}
