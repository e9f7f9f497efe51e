import type { Result } from '../../../shared/result.ts';
import type { ParameterValues } from '../../../shared/wire/parameters.ts';
import type { I420Frame } from './i420-frame.ts';
import type { ProviderPlan, RunnerProvider } from './provider-plan.ts';

export interface EngineStats {
  /** Runs of the model that gave a frame. */
  inferences: number;
  /** Mean time of those runs, conversions not included; null when there was none. */
  meanMs: number | null;
  /** Frames that were not transformed: a newer one took their place, the model failed, or none was loaded. */
  dropped: number;
}

export interface Loaded {
  provider: RunnerProvider | null;
}

/** Transforms the newest frame by the loaded pipeline, on a thread of its own. */
export interface Engine {
  /**
   * Loads a pipeline in the place of the present one, which goes on until then and stays if this fails.
   *
   * @param providers What it may run on, the CPU alone by default.
   * @returns What it runs on, null for a pipeline that needs no model; or a problem that can be shown to the
   *   user as it is.
   */
  load(
    pipelineId: string,
    parameters: ParameterValues,
    providers?: ProviderPlan,
  ): Promise<Result<Loaded, string>>;
  /** Frames submitted from now on are dropped, and none comes out any more. */
  unload(): Promise<void>;
  /** Applies at the next frame. Values are clamped; those of a wrong type are ignored and logged once. */
  setParameters(values: ParameterValues): void;
  /**
   * Takes a copy of the frame; never blocks and never queues.
   *
   * @throws {RangeError} If the data does not fill the frame's planes.
   */
  submit(frame: I420Frame): void;
  /** The frame and its buffer belong to the listeners. */
  onFrame(listener: (frame: I420Frame) => void): void;
  /**
   * Told once when the loaded pipeline stopped working: its worker died, or it failed on every frame for a
   * while. Frames are dropped from then on, until the next load.
   */
  onFailure(listener: (problem: string) => void): void;
  /** Counts since the last call. */
  takeStats(): EngineStats;
  /**
   * Ends the worker, after the run in flight. To be awaited before `process.exit()`, which aborts the
   * process (SIGABRT, inside onnxruntime-node) when it hits a run.
   */
  dispose(): Promise<void>;
}

export interface EngineOptions {
  /** Folders whose subfolders hold a model each; of two models with one id the earlier counts. */
  modelDirs: readonly string[];
  log: (line: string) => void;
  /** Threads within one operator, 1 by default. */
  intraOpThreads?: number | undefined;
  /** The script of the thread; tests have one that dies. */
  worker?: URL;
}
