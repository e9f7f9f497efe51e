import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Manifest } from '../../../pipelines/manifest.ts';
import { type Result, fail, ok } from '../../../shared/result.ts';
import type { ParameterValues } from '../../../shared/wire/parameters.ts';
import { FrameCodec } from './frame-codec.ts';
import { type I420Frame, i420Size } from './i420-frame.ts';
import { openSession } from './open-session.ts';
import { ParameterInputs } from './parameter-inputs.ts';
import {
  type ProviderPlan,
  type RunnerProvider,
  fallbackReason,
  missingReason,
  providersFor,
} from './provider-plan.ts';
import type { VerifiedModel } from './read-model.ts';
import { StateInputs } from './state-inputs.ts';

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
  readonly #manifest: Manifest;
  readonly #codec: FrameCodec;
  readonly #parameters: ParameterInputs;
  readonly #states: StateInputs;
  readonly #now: () => number;

  private constructor(
    session: InferenceSession,
    manifest: Manifest,
    provider: RunnerProvider,
    options: SessionOptions,
  ) {
    this.provider = provider;
    this.#session = session;
    this.#manifest = manifest;
    this.#codec = new FrameCodec(manifest.io.image, manifest.io.out);
    this.#parameters = new ParameterInputs(
      manifest.io.params,
      options.parameters,
      options.now(),
      options.log,
    );
    this.#states = new StateInputs(manifest.io.state);
    this.#now = options.now;
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
      session.#states.reset();
      return ok(session);
    } catch (error) {
      await opened.value.release();
      const reason = error instanceof Error ? error.message : String(error);
      return fail(`its first run on ${provider} failed: ${reason}`);
    }
  }

  setParameters(values: ParameterValues): void {
    this.#parameters.set(values);
  }

  /**
   * @param frame Its buffer is used again for the result when the size stays.
   * @returns The transformed frame, and the milliseconds that the model itself took.
   * @throws {Error} If the model fails on it; the session stays usable.
   */
  async process(frame: I420Frame): Promise<{ frame: I420Frame; runMs: number }> {
    const { image, out } = this.#manifest.io;
    const { tensor, width, height } = this.#codec.encode(frame);
    const startMs = this.#now();
    this.#parameters.advance(startMs);
    const feeds = {
      [image.name]: tensor,
      ...this.#parameters.feeds,
      ...this.#states.feeds(tensor, width, height),
    };
    const outputs = (await this.#session.run(feeds)) as Record<string, Tensor>;
    const runMs = this.#now() - startMs;
    this.#states.keep(outputs);
    return { frame: this.#codec.decode(outputs[out.name]!, frame.data), runMs };
  }

  async close(): Promise<void> {
    await this.#session.release();
  }
}

function blackFrame(width: number, height: number): I420Frame {
  const data = new Uint8Array(i420Size(width, height)).fill(16, 0, width * height).fill(128, width * height);
  return { width, height, data };
}
