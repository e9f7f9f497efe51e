import type { Shown } from '../../shared/bridge/shown.ts';
import type { RequestOf } from '../../shared/ipc/contract.ts';
import type { FrameSize, SourceChoice, UserSettingsPatch } from '../../shared/settings/schema.ts';
import type { ParameterValues } from '../../shared/wire/parameters.ts';
import type { SourceTicket } from '../capture/source-ticket.ts';
import type { LocalModel } from '../engine/local-model.ts';
import type { MixPolicy } from '../mixer/mixer-message.ts';
import type { RecordingEffect } from '../recording/recording-effect.ts';
import type { AppState } from './app-state.ts';
import type { RunnersEffect } from './runners-event.ts';
import type { ModelsEffect } from './models-event.ts';

/** What the reducer asks to be done. */
export type AppEffect =
  | { type: 'patch-settings'; patch: UserSettingsPatch }
  | { type: 'open-source'; generation: number; choice: SourceChoice; ticket: SourceTicket | null }
  | { type: 'close-source'; generation: number }
  | { type: 'resize'; size: FrameSize }
  | { type: 'list-cameras' }
  | { type: 'attach-stream' }
  | { type: 'detach-stream' }
  | { type: 'start-link'; pipelineId: string; parameters: ParameterValues }
  | { type: 'stop-link' }
  | { type: 'retry-link' }
  | { type: 'set-parameters'; pipelineId: string; values: ParameterValues }
  | { type: 'list-pipelines' }
  | { type: 'toggle-full-screen' }
  | RunnersEffect
  | { type: 'open-output-window' }
  | { type: 'close-output-window' }
  | ModelsEffect
  | RecordingEffect
  | BridgeEffect;

/** Of the local engine, the mixer, and what main is to know of both. */
export type BridgeEffect =
  | { type: 'load-local'; model: LocalModel; parameters: ParameterValues }
  | { type: 'unload-local' }
  | { type: 'set-policy'; policy: MixPolicy }
  | { type: 'tell-stuck'; stuck: boolean }
  /** Nothing is to be shown any more: the last frame is forgotten. */
  | { type: 'clear-output' }
  | { type: 'tell-shown'; shown: Shown }
  | { type: 'note-timeline'; note: RequestOf<'timeline:note'> };

/** What a part of the reducer answers. */
export interface Step {
  state: AppState;
  effects: AppEffect[];
}

/** A step that only changes state, or nothing at all. */
export const still = (state: AppState): Step => ({ state, effects: [] });
