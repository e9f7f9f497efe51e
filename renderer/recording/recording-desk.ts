import type { SavedFile } from '../../shared/ipc/recording-channels.ts';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import { fail, type Result } from '../../shared/result.ts';
import { grabPicture } from './grab-picture.ts';
import { Recorder, type RecorderReport } from './recorder.ts';
import type { RecordingEffect } from './recording-effect.ts';

export interface RecordingDeskOptions {
  bridge: Bridge;
  output: MediaStream;
  source: MediaStream;
  /** Told whether a recording runs: then a picture that stands still must be repeated. */
  setRecording: (on: boolean) => void;
  report: (report: RecorderReport) => void;
  snapshotTaken: (result: Result<SavedFile, string>) => void;
}

/** Does what the state asks for about recordings and snapshots. */
export class RecordingDesk {
  readonly #options: RecordingDeskOptions;
  readonly #recorder: Recorder;

  constructor(options: RecordingDeskOptions) {
    this.#options = options;
    this.#recorder = new Recorder(options.bridge, options.report);
  }

  async perform(effect: RecordingEffect): Promise<void> {
    const { bridge, output, source, setRecording, snapshotTaken } = this.#options;
    switch (effect.type) {
      case 'attend-recordings':
        await bridge.attendRecordings();
        return;
      case 'start-recording':
        setRecording(true);
        await this.#recorder.start(output, effect.source ? source : null);
        return;
      case 'end-recording':
        await this.#recorder.stop();
        setRecording(false);
        return;
      case 'take-snapshot': {
        const picture = await grabPicture(output);
        if (picture === null) {
          snapshotTaken(fail('There is no picture yet.'));
          return;
        }
        const { png, width, height } = picture;
        const facts = { ...effect.facts, size: { width, height } };
        snapshotTaken(await bridge.saveSnapshot({ png, facts }));
        return;
      }
      case 'reveal-saved':
        await bridge.revealSaved({ id: effect.id });
        return;
      default:
        effect satisfies never;
    }
  }
}
