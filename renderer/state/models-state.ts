import type { Manifest } from '../../pipelines/manifest.ts';
import type { ModelCandidate, UserModels } from '../../shared/ipc/model-channels.ts';
import type { LocalModel } from '../engine/local-model.ts';
import type { Answers } from '../models/answers.ts';
import type { InferredModel } from '../models/infer-model.ts';
import type { Tried } from '../models/try-model.ts';

/** What a candidate is known by. */
export type CandidateSubject =
  /** It came with its description, and nothing is asked. */
  { kind: 'described'; manifest: Manifest } | { kind: 'inferred'; model: InferredModel; answers: Answers };

/** A model on its way from a file to the list; one at a time. */
export type AddingModel =
  | { phase: 'none' }
  /** The dialog is open, or the file is being copied. */
  | { phase: 'copying' }
  | { phase: 'inspecting'; candidate: ModelCandidate }
  /** What is to be said of it is asked while it is tried. */
  | {
      phase: 'describing';
      candidate: ModelCandidate;
      subject: CandidateSubject;
      trial: Tried | null;
      save: { phase: 'none' } | { phase: 'saving' } | { phase: 'refused'; problem: string };
    }
  /** `name` null: of no file that we know of. */
  | { phase: 'refused'; name: string | null; problem: string }
  | { phase: 'added'; id: string; title: string };

export interface ModelsState {
  /** The user's own, as the engine takes them. */
  own: readonly LocalModel[];
  /** Ids of those that have a licence's text beside them. */
  licensed: readonly string[];
  problems: UserModels['problems'];
  adding: AddingModel;
}

export const noModels: ModelsState = { own: [], licensed: [], problems: [], adding: { phase: 'none' } };
