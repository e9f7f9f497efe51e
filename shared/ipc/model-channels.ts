import * as v from 'valibot';
import type { Result } from '../result.ts';
import { channel } from './channel.ts';

/** A model of the user's own, as it lies in their folder. */
interface UserModel {
  id: string;
  /** The text of its `model.json`, which main has held against the schema. */
  manifest: string;
  /** Where the page reads the .onnx file: a path on its own origin that says nothing of where the file lies. */
  url: string;
  /** Whether `models:licence` has a text to show. */
  hasLicence: boolean;
}

export interface UserModels {
  models: UserModel[];
  /** Folders that lie among the models and cannot be used; named without their path. */
  problems: { folder: string; problem: string }[];
}

/** A file that was copied and is not among the models yet. It is gone when the app starts anew. */
export interface ModelCandidate {
  /** What `models:save` and `models:discard` call it by. */
  id: string;
  /** The file's name, for the user. */
  name: string;
  url: string;
  bytes: number;
  /** Opset of the standard operators that the file asks for. */
  opset: number;
  /** The text of the `model.json` beside the file; null when there was none that is valid and about this file. */
  manifest: string | null;
}

const nothing = v.undefined();
const candidate = v.strictObject({ candidate: v.pipe(v.string(), v.uuid()) });
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

/** The most that a `model.json` may have, characters: ours have 2,000, and 64 parameters with all options fit. */
const manifestMaxLength = 256 * 1024;

/** The user's own models. Problems are sentences for the user. */
export const modelChannels = {
  /** Looks at the folder again. What changed is pushed by `models:changed` too. */
  'models:list': channel<UserModels>()(nothing),
  /** Shows the folder in the system's file manager, so that whole models can be put there. */
  'models:open-folder': channel<void>()(nothing),
  /** The system's open dialog, and a copy of what was picked; null when cancelled. */
  'models:pick': channel<Result<ModelCandidate, string> | null>()(nothing),
  /** As `file:dropped`: only the preload script calls it, with the path that the system gave. */
  'models:stage-dropped': channel<Result<ModelCandidate, string>>()(
    v.strictObject({ path: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)) }),
  ),
  /** Id, file, size and digest of the manifest are main's to say: whatever stands there is replaced. */
  'models:save': channel<Result<{ id: string }, string>>()(
    v.strictObject({
      ...candidate.entries,
      manifest: v.pipe(v.string(), v.minLength(2), v.maxLength(manifestMaxLength)),
    }),
  ),
  'models:discard': channel<void>()(candidate),
  'models:remove': channel<Result<null, string>>()(v.strictObject({ id })),
  /** The licence's text that lies beside the model; null when there is none. */
  'models:licence': channel<string | null>()(v.strictObject({ id })),
} as const;
