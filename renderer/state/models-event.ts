import type { ModelCandidate, UserModels } from '../../shared/ipc/model-channels.ts';
import type { Result } from '../../shared/result.ts';
import type { Manifest } from '../../pipelines/manifest.ts';
import type { ModelShape } from '../engine/trial.ts';
import type { Answers } from '../models/answers.ts';
import type { Tried } from '../models/try-model.ts';

/** Everything about the user's own models. Events that name a candidate are about that one only. */
export type ModelsEvent =
  | { type: 'models-known'; models: UserModels }
  /** The window has the focus again: a folder may have been put there meanwhile. */
  | { type: 'models-wanted' }
  | { type: 'models-folder-wanted' }
  | { type: 'model-copying' }
  /** Null: the dialog was cancelled. */
  | { type: 'model-staged'; result: Result<ModelCandidate, string> | null }
  | { type: 'model-inspected'; candidate: string; result: Result<ModelShape, string> }
  | { type: 'model-tried'; candidate: string; result: Result<Tried, string> }
  | { type: 'model-answered'; answers: Answers }
  | { type: 'save-model' }
  | { type: 'model-saved'; candidate: string; title: string; result: Result<{ id: string }, string> }
  | { type: 'model-dismissed' }
  | { type: 'remove-model'; id: string }
  | { type: 'model-removed'; result: Result<null, string> };

/** What the reducer asks to be done about models. */
export type ModelsEffect =
  | { type: 'list-models' }
  | { type: 'open-models-folder' }
  | { type: 'inspect-model'; candidate: ModelCandidate }
  | { type: 'try-model'; candidate: ModelCandidate; manifest: Manifest; described: boolean }
  | { type: 'save-model'; candidate: string; manifest: Manifest }
  | { type: 'discard-model'; candidate: string }
  | { type: 'remove-model'; id: string };
