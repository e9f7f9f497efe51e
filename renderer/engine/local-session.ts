import type { Manifest } from '../../pipelines/manifest.ts';
import { checkModel } from '../../pipelines/run/check-model.ts';
import { ModelRun } from '../../pipelines/run/model-run.ts';
import type { Planes } from '../../pipelines/run/resample.ts';
import { type Result, fail, ok } from '../../shared/result.ts';
import type { FrameSize } from '../../shared/settings/schema.ts';
import type { ParameterValues } from '../../shared/wire/parameters.ts';
import { frameFromPlanes } from './frame-from-planes.ts';
import { FramePixels } from './frame-pixels.ts';
import type { FrameSession } from './frame-session.ts';
import { type OrtSession, createSession, deviceLoss } from './ort.ts';
import { RunLimit } from './run-limit.ts';

export interface OpenOptions {
  manifest: Manifest;
  /** The model's file, verified. */
  bytes: Uint8Array;
  provider: 'wasm' | 'webgpu';
  parameters: ParameterValues;
}

/** One loaded model on onnxruntime-web, whose runs on WASM block this worker. One that hangs on WebGPU counts as lost. */
export class LocalSession implements FrameSession {
  readonly manifest: Manifest;
  readonly provider: 'wasm' | 'webgpu';
  readonly lost: Promise<string>;
  readonly #session: OrtSession;
  readonly #model: ModelRun;
  readonly #pixels = new FramePixels();
  readonly #limit = new RunLimit();

  private constructor(session: OrtSession, { manifest, provider, parameters }: OpenOptions) {
    this.manifest = manifest;
    this.provider = provider;
    this.lost =
      provider === 'webgpu' ? Promise.race([deviceLoss(), this.#limit.exceeded]) : new Promise(() => {});
    this.#session = session;
    this.#model = new ModelRun(manifest, (feeds) => session.run(feeds), {
      parameters,
      now: () => performance.now(),
      log: (line) => console.warn(line),
    });
  }

  /**
   * Makes a session, checks it against the manifest, and runs it once on black, so that a model that cannot run is
   * refused here and not while it streams. Must not overlap with another session's run.
   */
  static async open(options: OpenOptions): Promise<Result<LocalSession, string>> {
    const { manifest, bytes, provider } = options;
    let session: OrtSession;
    try {
      session = await createSession(bytes, provider);
    } catch (error) {
      return fail(`${provider} refuses it: ${reasonOf(error)}`);
    }
    try {
      const problem = checkModel(manifest, session.inputMetadata, session.outputMetadata);
      if (problem !== null) {
        await session.release();
        return fail(`${manifest.file} does not match its manifest: ${problem}`);
      }
      const opened = new LocalSession(session, options);
      const [width, height] = manifest.budget.sizes[0]!;
      await opened.transform(width, height, ({ data }) => data.fill(0));
      opened.#model.resetState();
      return ok(opened);
    } catch (error) {
      await session.release();
      return fail(`its first run on ${provider} failed: ${reasonOf(error)}`);
    }
  }

  setParameters(values: ParameterValues): void {
    this.#model.setParameters(values);
  }

  beginAnew(): void {
    this.#model.resetState();
  }

  async process(frame: VideoFrame, size: FrameSize): Promise<{ frame: VideoFrame; runMs: number }> {
    const { image, out } = this.manifest.io;
    const transform = (): ReturnType<LocalSession['transform']> =>
      this.transform(size.width, size.height, (planes) => this.#pixels.read(frame, planes, image.scale));
    const { picture, runMs } = await (this.provider === 'webgpu'
      ? this.#limit.within(transform)
      : transform());
    return { frame: frameFromPlanes(picture, out.scale, frame.timestamp), runMs };
  }

  /**
   * The model alone, between planes of red, green and blue.
   *
   * @param write Fills the picture of this size, 0 to the image's scale.
   * @returns Planes of 0 to the output's scale and beyond, valid until the next call, and the run's milliseconds.
   */
  async transform(
    width: number,
    height: number,
    write: (planes: Planes) => unknown,
  ): Promise<{ picture: Planes; runMs: number }> {
    await write(this.#model.frameFor(width, height));
    return this.#model.run();
  }

  async close(): Promise<void> {
    await this.#session.release();
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
