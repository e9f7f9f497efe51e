import type { Bridge } from '../../shared/ipc/bridge.ts';
import { listCameras } from '../capture/list-cameras.ts';
import { ownPath } from '../capture/own-path.ts';
import { SourceSession } from '../capture/source-session.ts';
import { runModelEffect } from '../models/run-model-effects.ts';
import { OutputWindow } from '../output-window/output-window.ts';
import { RecordingDesk } from '../recording/recording-desk.ts';
import { PageStream } from '../stream/page-stream.ts';
import type { AppEffect } from './app-effect.ts';
import { initialState } from './app-state.ts';
import { parameterTurnMs } from './defaults.ts';
import { ParameterOutbox } from './parameter-outbox.ts';
import { PictureBridge } from './perform-bridge.ts';
import { performRunners } from './perform-runners.ts';
import type { Dispatch } from './store.ts';

/** The media that components show: the outgoing track, and the one picture that the mixer puts on screen. */
export interface Media {
  readonly source: MediaStream;
  readonly output: MediaStream;
  readonly outputWindow: OutputWindow;
}

export interface Interpreter {
  readonly media: Media;
  run(effect: AppEffect): void;
}

/** Owns the source, the peer connection and the way to main; what fails is reported as an event or logged. */
export function createInterpreter(
  bridge: Bridge,
  dispatch: Dispatch,
  toggleFullScreen: () => void,
): Interpreter {
  const source = new SourceSession(
    initialState.settings.frameSize,
    {
      chooseScreen: (id) => bridge.chooseCaptureSource({ id }),
      reopenFile: async (path) => {
        const file = await bridge.openFile({ path });
        return file && ownPath(file.url);
      },
    },
    (report) => dispatch({ type: 'source-reported', report }),
  );
  const picture = new PictureBridge(bridge, source.track, dispatch);
  const log = (what: string, error: unknown): void => {
    const text = `${what}: ${String(error)}`.slice(0, 4000);
    bridge.writeLog({ level: 'error', text }).catch((failure: unknown) => console.error(text, failure));
  };
  const outputWindow = new OutputWindow({
    report: (open) => dispatch({ type: 'output-window-reported', open }),
    toggleOnTop: () => {
      bridge.toggleOutputOnTop().catch((error: unknown) => log('output-window', error));
    },
  });
  const stream = new PageStream(
    source.track,
    { attach: (sdp) => bridge.attachMedia({ sdp }), detach: () => bridge.detachMedia() },
    (report) => {
      if (report.phase === 'lost') log('stream', report.detail);
      dispatch({ type: 'stream-reported', report });
    },
    (track) => picture.output.showCloud(track),
  );
  const outbox = new ParameterOutbox(
    (pipelineId, values) => {
      bridge.setParameters({ pipelineId, values }).catch((error: unknown) => log('set-parameters', error));
    },
    // Not by animation frames: a hidden window has none, and a busy one has them late.
    (run) => setTimeout(run, parameterTurnMs),
  );
  // Whatever the user set is main's before this page goes.
  addEventListener('pagehide', () => outbox.flush());

  const sourceStream = new MediaStream([source.track]);
  const recording = new RecordingDesk({
    bridge,
    output: picture.output.stream,
    source: sourceStream,
    setRecording: (on) => picture.output.setRecording(on),
    report: (report) => dispatch({ type: 'recorder-reported', report }),
    snapshotTaken: (result) => dispatch({ type: 'snapshot-taken', result }),
  });

  async function perform(effect: AppEffect): Promise<void> {
    switch (effect.type) {
      case 'patch-settings':
        await bridge.patchSettings(effect.patch);
        return;
      case 'open-source':
        await source.open(effect.generation, effect.choice, effect.ticket);
        return;
      case 'close-source':
        source.close(effect.generation);
        return;
      case 'resize':
        source.resize(effect.size);
        picture.output.setSize(effect.size);
        return;
      case 'list-cameras':
        dispatch({ type: 'cameras-listed', cameras: await listCameras() });
        return;
      case 'attach-stream':
        await stream.attach();
        return;
      case 'detach-stream':
        await stream.detach();
        return;
      case 'start-link': {
        outbox.flush();
        const { pipelineId, parameters } = effect;
        const started = await bridge.startLink({ pipelineId, parameters });
        if (!started.ok) dispatch({ type: 'link-refused', fault: started.problem });
        return;
      }
      case 'stop-link':
        outbox.flush();
        await bridge.stopLink();
        return;
      case 'retry-link':
        await bridge.retryLink();
        return;
      case 'set-parameters':
        outbox.put(effect.pipelineId, effect.values);
        picture.setParameters(effect.pipelineId, effect.values);
        return;
      case 'list-pipelines': {
        const known = await bridge.listPipelines();
        if (known.ok) dispatch({ type: 'pipelines-known', pipelines: known.value });
        return;
      }
      case 'test-runner':
      case 'save-runners':
      case 'find-runners':
        await performRunners(effect, bridge, dispatch);
        return;
      case 'attend-recordings':
      case 'start-recording':
      case 'end-recording':
      case 'take-snapshot':
      case 'reveal-saved':
        await recording.perform(effect);
        return;
      case 'toggle-full-screen':
        toggleFullScreen();
        return;
      case 'open-output-window':
        outputWindow.open();
        return;
      case 'close-output-window':
        outputWindow.close();
        return;
      case 'list-models':
      case 'open-models-folder':
      case 'inspect-model':
      case 'try-model':
      case 'save-model':
      case 'discard-model':
      case 'remove-model':
        await runModelEffect(effect, bridge, picture.engine, dispatch);
        return;
      default:
        await picture.perform(effect);
    }
  }

  return {
    media: { source: sourceStream, output: picture.output.stream, outputWindow },
    run: (effect) => {
      perform(effect).catch((error: unknown) => {
        log(effect.type, error);
        dispatch({ type: 'effect-failed', effect, detail: String(error) });
      });
    },
  };
}
