/** What a file of the output holds, once it is read again. */
export interface RecordingRead {
  seconds: number;
  width: number;
  height: number;
}

/** A recording of a stream, as the app makes one. */
export class RecordedOutput {
  readonly #recorder: MediaRecorder;
  readonly #parts: Blob[] = [];
  failed = false;

  constructor(stream: MediaStream) {
    this.#recorder = new MediaRecorder(stream, { mimeType: 'video/webm;codecs=vp8' });
    this.#recorder.addEventListener('dataavailable', ({ data }) => this.#parts.push(data));
    this.#recorder.addEventListener('error', () => {
      this.failed = true;
    });
  }

  get state(): RecordingState {
    return this.#recorder.state;
  }

  start(): void {
    this.#recorder.start(500);
  }

  /** Stops, and plays the file to its end at many times its speed. */
  async finish(): Promise<RecordingRead> {
    const stopped = new Promise((resolve) => {
      this.#recorder.addEventListener('stop', resolve);
    });
    this.#recorder.stop();
    await stopped;
    const video = document.createElement('video');
    video.muted = true;
    video.src = URL.createObjectURL(new Blob(this.#parts));
    const ended = new Promise((resolve, reject) => {
      video.addEventListener('ended', resolve);
      video.addEventListener('error', () => reject(new Error(video.error?.message)));
    });
    video.playbackRate = 8;
    await video.play();
    await ended;
    return { seconds: video.currentTime, width: video.videoWidth, height: video.videoHeight };
  }
}
