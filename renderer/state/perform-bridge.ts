import type { Bridge } from '../../shared/ipc/bridge.ts';
import type { ParameterValues } from '../../shared/wire/parameters.ts';
import { LocalEngine } from '../engine/local-engine.ts';
import { Output } from '../mixer/output.ts';
import type { BridgeEffect } from './app-effect.ts';
import { initialState } from './app-state.ts';
import type { Dispatch } from './store.ts';

/** Local engine and mixer, tied together: what the one makes, the other shows. */
export class PictureBridge {
  readonly engine: LocalEngine;
  readonly output: Output;
  readonly #bridge: Bridge;

  constructor(bridge: Bridge, source: MediaStreamTrack, dispatch: Dispatch) {
    const { settings, mix } = initialState;
    this.#bridge = bridge;
    this.output = new Output(settings.frameSize, mix.policy, (shown, gapMs) =>
      dispatch({ type: 'shown-changed', shown, gapMs }),
    );
    this.engine = new LocalEngine({
      source: () => source,
      attachMixer: (port) => this.output.attachEngine(port),
      report: (report) => dispatch({ type: 'local-reported', report }),
    });
  }

  /** Changed values, for the local model as for the cloud's. */
  setParameters(pipelineId: string, values: ParameterValues): void {
    this.engine.setParameters(pipelineId, values);
  }

  async perform(effect: BridgeEffect): Promise<void> {
    switch (effect.type) {
      case 'load-local':
        this.engine.load(effect.model, effect.parameters);
        return;
      case 'unload-local':
        this.engine.unload();
        return;
      case 'set-policy':
        this.output.setPolicy(effect.policy);
        return;
      case 'tell-stuck':
        this.output.setStuck(effect.stuck);
        return;
      case 'clear-output':
        this.output.clear();
        return;
      case 'tell-shown':
        await this.#bridge.shownChanged(effect.shown);
        return;
      case 'note-timeline':
        await this.#bridge.noteTimeline(effect.note);
        return;
      default:
        effect satisfies never;
    }
  }
}
