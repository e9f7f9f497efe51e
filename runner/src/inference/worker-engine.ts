import { Worker } from 'node:worker_threads';
import { failedFramesLimit } from '../../../pipelines/run/defaults.ts';
import type { ParameterValues } from '../../../shared/wire/parameters.ts';
import { type Result, fail, ok } from '../../../shared/result.ts';
import { defaultIntraOpThreads } from './defaults.ts';
import type { Engine, EngineOptions, EngineStats, Loaded } from './engine.ts';
import { type I420Frame, assertFrame } from './i420-frame.ts';
import { NewestFrame } from './newest-frame.ts';
import { type ProviderPlan, cpuPlan } from './provider-plan.ts';
import type { FromWorker, LoadOutcome, ToWorker, WorkerSetup } from './worker-messages.ts';

const inferenceWorker = new URL('inference-worker.ts', import.meta.url);

const stopped = 'The inference engine has been stopped';

/** What is done with a frame now. */
type Route = 'none' | 'identity' | 'model';

export function createEngine(options: EngineOptions): Engine {
  return new WorkerEngine(options);
}

class WorkerEngine implements Engine {
  readonly #options: EngineOptions;
  readonly #listeners: ((frame: I420Frame) => void)[] = [];
  readonly #failureListeners: ((problem: string) => void)[] = [];
  readonly #loads = new Map<number, (outcome: LoadOutcome) => void>();
  readonly #unloads = new Map<number, () => void>();
  #frames = new NewestFrame((frame) => this.#post({ type: 'frame', frame }, frame));
  #life: { phase: 'idle' } | { phase: 'running'; worker: Worker } | { phase: 'disposed' } = { phase: 'idle' };
  #exited: Promise<void> = Promise.resolve();
  #route: Route = 'none';
  #requests = 0;
  #inferences = 0;
  #inferenceMs = 0;
  #dropped = 0;
  #failedInARow = 0;
  /** Of the present worker, for when it dies. */
  #lastWords = '';

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  async load(
    pipelineId: string,
    parameters: ParameterValues,
    providers: ProviderPlan = cpuPlan,
  ): Promise<Result<Loaded, string>> {
    if (this.#life.phase === 'disposed') return fail(stopped);
    if (this.#life.phase === 'idle') this.#start();
    const request = ++this.#requests;
    const outcome = await new Promise<LoadOutcome>((resolve) => {
      this.#loads.set(request, resolve);
      this.#post({ type: 'load', request, pipelineId, parameters, providers });
    });
    return outcome.ok ? ok({ provider: outcome.value.provider }) : outcome;
  }

  async unload(): Promise<void> {
    this.#route = 'none';
    this.#frames.clear();
    if (this.#life.phase !== 'running') return;
    const request = ++this.#requests;
    await new Promise<void>((resolve) => {
      this.#unloads.set(request, resolve);
      this.#post({ type: 'unload', request });
    });
  }

  setParameters(values: ParameterValues): void {
    this.#post({ type: 'parameters', values });
  }

  submit(frame: I420Frame): void {
    assertFrame(frame);
    switch (this.#route) {
      case 'none':
        this.#dropped += 1;
        return;
      case 'identity':
        this.#emit(frame);
        return;
      case 'model':
        this.#frames.offer(frame);
        return;
      default:
        this.#route satisfies never;
    }
  }

  onFrame(listener: (frame: I420Frame) => void): void {
    this.#listeners.push(listener);
  }

  onFailure(listener: (problem: string) => void): void {
    this.#failureListeners.push(listener);
  }

  takeStats(): EngineStats {
    const stats: EngineStats = {
      inferences: this.#inferences,
      meanMs: this.#inferences === 0 ? null : this.#inferenceMs / this.#inferences,
      dropped: this.#dropped + this.#frames.takeReplaced(),
    };
    this.#inferences = 0;
    this.#inferenceMs = 0;
    this.#dropped = 0;
    return stats;
  }

  async dispose(): Promise<void> {
    this.#route = 'none';
    this.#frames.clear();
    this.#post({ type: 'close' });
    this.#life = { phase: 'disposed' };
    await this.#exited;
  }

  #start(): void {
    const setup: WorkerSetup = {
      modelDirs: this.#options.modelDirs,
      intraOpThreads: this.#options.intraOpThreads ?? defaultIntraOpThreads,
    };
    const worker = new Worker(this.#options.worker ?? inferenceWorker, { workerData: setup });
    this.#lastWords = 'its thread ended';
    this.#life = { phase: 'running', worker };
    worker.on('message', (message: FromWorker) => this.#receive(message));
    worker.on('error', (error) => {
      this.#lastWords = String(error);
      this.#options.log(`Inference stopped: ${this.#lastWords}`);
    });
    this.#exited = new Promise((resolve) => {
      worker.once('exit', () => {
        this.#workerIsGone();
        resolve();
      });
    });
  }

  #receive(message: FromWorker): void {
    switch (message.type) {
      case 'loaded':
        this.#loaded(message.request, message.outcome);
        return;
      case 'unloaded':
        this.#unloads.get(message.request)?.();
        this.#unloads.delete(message.request);
        return;
      case 'result':
        this.#failedInARow = 0;
        this.#inferences += 1;
        this.#inferenceMs += message.runMs;
        // A late result, after an unload or a switch to passthrough, would show the wrong picture.
        if (this.#route === 'model') this.#emit(message.frame);
        this.#frames.finished();
        return;
      case 'skipped':
        this.#dropped += 1;
        if (message.problem !== null) this.#frameFailed(message.problem);
        this.#frames.finished();
        return;
      case 'log':
        this.#options.log(message.line);
        return;
      default:
        message satisfies never;
    }
  }

  #loaded(request: number, outcome: LoadOutcome): void {
    // Loads that an unload or a disposal has overtaken must not bring the picture back.
    const overtaken = this.#unloads.size > 0 || this.#life.phase !== 'running';
    if (outcome.ok && !overtaken) {
      this.#route = outcome.value.route;
      this.#failedInARow = 0;
    }
    if (this.#route !== 'model') this.#frames.clear();
    this.#loads.get(request)?.(outcome);
    this.#loads.delete(request);
  }

  #frameFailed(problem: string): void {
    this.#failedInARow += 1;
    if (this.#route === 'model' && this.#failedInARow >= failedFramesLimit) this.#fail(problem);
  }

  #fail(problem: string): void {
    this.#route = 'none';
    this.#frames.clear();
    for (const listener of this.#failureListeners) listener(problem);
  }

  /** After a disposal, or because it failed: the next load starts another. */
  #workerIsGone(): void {
    const unexpected = this.#life.phase === 'running';
    if (unexpected) this.#life = { phase: 'idle' };
    // Passthrough needs no worker and goes on.
    if (unexpected && this.#route === 'model') this.#fail(this.#lastWords);
    this.#frames.clear();
    this.#dropped += this.#frames.takeReplaced();
    this.#frames = new NewestFrame((frame) => this.#post({ type: 'frame', frame }, frame));
    const reason = unexpected ? `inference stopped: ${this.#lastWords}` : stopped;
    for (const resolve of this.#loads.values()) resolve(fail(reason));
    for (const resolve of this.#unloads.values()) resolve();
    this.#loads.clear();
    this.#unloads.clear();
  }

  #emit(frame: I420Frame): void {
    for (const listener of this.#listeners) listener(frame);
  }

  #post(message: ToWorker, frame?: I420Frame): void {
    if (this.#life.phase !== 'running') return;
    this.#life.worker.postMessage(message, frame ? [frame.data.buffer as ArrayBuffer] : []);
  }
}
