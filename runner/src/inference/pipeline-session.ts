import type { InferenceSession } from 'onnxruntime-node';
import type { Manifest } from '../../../pipelines/manifest.ts';
import { ModelRun } from '../../../pipelines/run/model-run.ts';
import { type Result, fail, ok } from '../../../shared/result.ts';
import type { ParameterValues } from '../../../shared/wire/parameters.ts';
import { type I420Frame, i420Size } from './i420-frame.ts';
import { i420ToRgb } from './i420-to-rgb.ts';
import { openSession } from './open-session.ts';
import {
  type ProviderPlan,
  type RunnerProvider,
  fallbackReason,
  missingReason,
  providersFor,
} from './provider-plan.ts';
import type { VerifiedModel } from './read-model.ts';
import { rgbToI420 } from './rgb-to-i420.ts';

export interface SessionOptions {
  parameters: ParameterValues;
  providers: ProviderPlan;
  /** Threads within one operator, 1 or more. */
  intraOpThreads: number;
  /** A monotonic clock, in milliseconds. */
  now: () => number;
  log: (line: string) => void;
}

/** One loaded model. Runs block the thread they are called on, so it lives in a worker. */
export class PipelineSession {
  /** What it runs on. */
  readonly provider: RunnerProvider;
  readonly #session: InferenceSession;
  readonly #io: Manifest['io'];
  readonly #model: ModelRun;

  private constructor(
    session: InferenceSession,
    manifest: Manifest,
    provider: RunnerProvider,
    options: SessionOptions,
  ) {
    this.provider = provider;
    this.#session = session;
    this.#io = manifest.io;
    this.#model = new ModelRun(manifest, (feeds) => session.run(feeds), options);
  }

  /**
   * Loads a model on the first provider that can have it, and runs it once, so that a model that cannot run is
   * refused here and not while it streams. Tells the log what it runs on, and why not on what was chosen.
   */
  static async open(model: VerifiedModel, options: SessionOptions): Promise<Result<PipelineSession, string>> {
    const { manifest } = model;
    const allowed = manifest.runtime.ep;
    let reason = missingReason(allowed, options.providers);
    let note = fallbackReason(allowed, options.providers);
    for (const provider of providersFor(allowed, options.providers)) {
      // oxlint-disable-next-line no-await-in-loop -- the next provider is tried only if this one fails
      const opened = await PipelineSession.#openOn(provider, model, options);
      if (opened.ok) {
        options.log(`"${manifest.id}" runs on ${provider}${note === null ? '' : `: ${note}`}`);
        return opened;
      }
      reason = opened.problem;
      note = opened.problem;
    }
    return fail(`"${manifest.id}" cannot be loaded: ${reason}`);
  }

  static async #openOn(
    provider: RunnerProvider,
    model: VerifiedModel,
    options: SessionOptions,
  ): Promise<Result<PipelineSession, string>> {
    const opened = await openSession(model, provider, options.intraOpThreads);
    if (!opened.ok) return opened;
    try {
      const session = new PipelineSession(opened.value, model.manifest, provider, options);
      await session.process(blackFrame(...model.manifest.budget.sizes[0]!));
      session.#model.resetState();
      return ok(session);
    } catch (error) {
      await opened.value.release();
      const reason = error instanceof Error ? error.message : String(error);
      return fail(`its first run on ${provider} failed: ${reason}`);
    }
  }

  setParameters(values: ParameterValues): void {
    this.#model.setParameters(values);
  }

  /**
   * @param frame Its buffer is used again for the result when the size stays.
   * @returns The transformed frame, and the milliseconds that the model itself took.
   * @throws {Error} If the model fails on it; the session stays usable.
   */
  async process(frame: I420Frame): Promise<{ frame: I420Frame; runMs: number }> {
    const { width, height, data } = frame;
    i420ToRgb(frame, this.#model.frameFor(width, height).data, this.#io.image.scale);
    const { picture, runMs } = await this.#model.run();
    const size = i420Size(picture.width, picture.height);
    const result = {
      width: picture.width,
      height: picture.height,
      data: data.length === size ? data : new Uint8Array(size),
    };
    rgbToI420(picture.data, this.#io.out.scale, result);
    return { frame: result, runMs };
  }

  async close(): Promise<void> {
    await this.#session.release();
  }
}

function blackFrame(width: number, height: number): I420Frame {
  const data = new Uint8Array(i420Size(width, height)).fill(16, 0, width * height).fill(128, width * height);
  return { width, height, data };
}
