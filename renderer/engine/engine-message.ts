import type { ParameterValues } from '../../shared/wire/parameters.ts';
import type { LocalModel } from './local-model.ts';
import type { LocalFigures, LocalProvider, LocalQuality } from './local-state.ts';
import type { ModelShape, Trial, TrialRequest } from './trial.ts';

/** What the window tells the inference worker. Streams and ports are transferred along with their message. */
export type ToEngine =
  /** Once, first. Threads are settled here: a change of them needs a new worker. */
  | { type: 'begin'; threads: number; allowWebGpu: boolean; mixer: MessagePort }
  /** The source's frames from now on. */
  | { type: 'source'; readable: ReadableStream<VideoFrame> }
  /** The present model goes on until this one has run once, and stays when this one cannot. */
  | { type: 'load'; generation: number; model: LocalModel; parameters: ParameterValues }
  | { type: 'unload' }
  | { type: 'parameters'; values: ParameterValues }
  /** What a file that is no model of ours yet takes and gives. */
  | { type: 'inspect'; id: number; url: string }
  /** Three warm-up runs of a candidate. */
  | { type: 'try'; id: number; request: TrialRequest }
  | { type: 'ping'; id: number };

/** What the inference worker tells the window. */
export type FromEngine =
  | { type: 'loaded'; generation: number; provider: LocalProvider }
  | { type: 'load-failed'; generation: number; problem: string }
  /** The loaded model stopped working: it failed on every frame for a while, or its device was lost. */
  | { type: 'broken'; generation: number; problem: string; deviceLost: boolean }
  /** The mixer wants frames from now on: runs follow, and with them figures. */
  | { type: 'computing' }
  | { type: 'figures'; figures: LocalFigures }
  | { type: 'quality'; quality: LocalQuality }
  | { type: 'inspected'; id: number; shape: ModelShape | null; problem: string | null }
  | { type: 'tried'; id: number; trial: Trial | null; problem: string | null }
  | { type: 'pong'; id: number };
