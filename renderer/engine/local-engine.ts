import type { Result } from '../../shared/result.ts';
import type { ParameterValues } from '../../shared/wire/parameters.ts';
import { type AskedModel, askedFor } from './asked-model.ts';
import { loadSilentPings, runSilentPings, watchedRounds } from './defaults.ts';
import type { FromEngine } from './engine-message.ts';
import type { LocalModel } from './local-model.ts';
import type { LocalFigures, LocalProvider, LocalReport, LocalState } from './local-state.ts';
import { type WorkerNews, SupervisedWorker } from './supervised-worker.ts';
import { ThreadChoice } from './thread-choice.ts';
import { TrialDesk } from './trial-desk.ts';
import type { ModelShape, Trial, TrialRequest } from './trial.ts';

export interface LocalEngineOptions {
  createWorker?: () => Worker;
  /** The outgoing source track. A clone of it is read; the track itself stays the caller's. */
  source: () => MediaStreamTrack;
  /** Hands the mixer the port over which local frames come from now on; a new one with each worker. */
  attachMixer(port: MessagePort): void;
  report(report: LocalReport): void;
  /** Processor cores that threads may run on; 1 where the page may not have threads. */
  cores?: number;
}

type Broken = Extract<FromEngine, { type: 'broken' }>;

const twiceDown = ({ manifest }: LocalModel): string =>
  `"${manifest.title}" brought local inference down twice within a minute. Try again, or choose a lighter model.`;
const newWorker = (): Worker =>
  new Worker(new URL('./engine-worker.ts', import.meta.url), { type: 'module' });
const coresHere = (): number => (crossOriginIsolated ? navigator.hardwareConcurrency : 1);

/**
 * Keeps a worker with the wanted model warm: begins it on first use, watches it, starts it again when it hangs or
 * crashes, and gives up on a model that does so again and again. Where another worker is needed while the present
 * one still makes frames, that one goes on until the other is ready.
 */
export class LocalEngine {
  readonly #options: LocalEngineOptions;
  readonly #createWorker: () => Worker;
  readonly #threads: ThreadChoice;
  readonly #trials: TrialDesk;
  readonly #disposed = new AbortController();
  readonly #news: WorkerNews = {
    told: (message, from) => this.#receive(message, from),
    down: (how, from) => this.#wentDown(from, how),
  };
  #state: LocalState = { phase: 'off' };
  #wanted: AskedModel | null = null;
  /** What the present worker makes frames with; it outlives a load that fails. */
  #running: AskedModel | null = null;
  /** The mixer takes its frames from this one. */
  #present: SupervisedWorker | null = null;
  /** Takes the place of the present one once it has loaded. */
  #next: SupervisedWorker | null = null;
  #allowWebGpu = true;
  #generation = 0;

  constructor(options: LocalEngineOptions) {
    this.#options = options;
    this.#createWorker = options.createWorker ?? newWorker;
    this.#threads = new ThreadChoice(options.cores ?? coresHere());
    this.#trials = new TrialDesk({
      createWorker: this.#createWorker,
      threads: this.#threads,
      allowWebGpu: () => this.#allowWebGpu,
      signal: this.#disposed.signal,
    });
  }

  /** Reports `ready` or `failed` in the end. The model before goes on until then, and stays when this one fails. */
  load(model: LocalModel, parameters: ParameterValues): void {
    if (this.#disposed.signal.aborted) return;
    this.#wanted = askedFor(model, parameters);
    this.#begin(this.#wanted);
  }

  /** The worker stays, for the next model. */
  unload(): void {
    this.#wanted = null;
    this.#running = null;
    this.#dropNext();
    this.#present?.tell({ type: 'unload' });
    this.#present?.rest();
    this.#enter({ phase: 'off' });
  }

  /** Changed values, kept while the model loads or its worker is started again. Those of other models are ignored. */
  setParameters(pipelineId: string, values: ParameterValues): void {
    const wanted = this.#wanted;
    if (wanted?.model.manifest.id !== pipelineId) return;
    wanted.parameters = { ...wanted.parameters, ...values };
    if (this.#running !== wanted) return;
    this.#present?.tell({ type: 'parameters', values });
    // The worker that is to take over learns them when it does.
    if (!this.#next) wanted.told = wanted.parameters;
  }

  /** What a file takes and gives. */
  inspect(url: string): Promise<Result<ModelShape, string>> {
    return this.#trials.inspect(url);
  }

  /** Whether a model runs here, and how fast. The picture goes on meanwhile. */
  try(request: TrialRequest): Promise<Result<Trial, string>> {
    return this.#trials.try(request);
  }

  dispose(): void {
    this.#disposed.abort();
    this.#wanted = null;
    this.#running = null;
    this.#dropNext();
    this.#dropPresent();
  }

  /**
   * Loads it in the present worker, or in another where that one has the wrong number of threads, or makes frames: a
   * model of the user's own may take long to load, or hang.
   */
  #begin(wanted: AskedModel): void {
    this.#enter({ phase: 'loading', pipelineId: wanted.model.manifest.id });
    this.#dropNext();
    const present = this.#present;
    const threads = this.#threads.of(wanted.model, present?.plan.threads ?? 1);
    const mayBlock = this.#running !== null && wanted.model.origin === 'user';
    const worker = present?.plan.threads === threads && !mayBlock ? present : this.#startWorker(threads);
    if (!present) this.#show(worker);
    else if (worker !== present) this.#next = worker;
    this.#loadIn(worker, wanted);
  }

  #startWorker(threads: number): SupervisedWorker {
    const plan = { threads, allowWebGpu: this.#allowWebGpu };
    const worker = new SupervisedWorker(this.#createWorker(), plan, this.#news);
    worker.takeSource(this.#options.source());
    return worker;
  }

  #show(worker: SupervisedWorker): void {
    this.#present = worker;
    this.#options.attachMixer(worker.mixerPort);
  }

  #loadIn(worker: SupervisedWorker, wanted: AskedModel): void {
    wanted.generation = ++this.#generation;
    wanted.told = wanted.parameters;
    const { model, generation, parameters } = wanted;
    worker.tell({ type: 'load', generation, model, parameters });
    worker.watch(loadSilentPings, Infinity);
  }

  #receive(message: FromEngine, from: SupervisedWorker): void {
    switch (message.type) {
      case 'loaded':
        this.#loaded(message.generation, message.provider, from);
        return;
      case 'load-failed':
        this.#loadFailed(message.generation, message.problem, from);
        return;
      case 'broken':
        this.#broke(message, from);
        return;
      case 'quality':
        if (from === this.#present && this.#state.phase === 'ready')
          this.#enter({ ...this.#state, quality: message.quality });
        return;
      case 'computing':
        if (from === this.#present) this.#watchRuns();
        return;
      case 'figures':
        if (from === this.#present) this.#measured(message.figures, from);
        return;
      case 'inspected':
      case 'tried':
      case 'pong':
        // Asked of throwaway workers, or heard by the watch.
        return;
      default:
        message satisfies never;
    }
  }

  #loaded(generation: number, provider: LocalProvider, from: SupervisedWorker): void {
    const wanted = this.#wanted;
    if (!wanted || generation !== wanted.generation) return;
    if (from === this.#next) {
      this.#next = null;
      this.#dropPresent();
      this.#show(from);
    }
    if (wanted.told !== wanted.parameters) {
      from.tell({ type: 'parameters', values: wanted.parameters });
      wanted.told = wanted.parameters;
    }
    wanted.runs = generation;
    this.#running = wanted;
    from.watch(runSilentPings, watchedRounds);
    const pipelineId = wanted.model.manifest.id;
    const { threads } = from.plan;
    // After a change of threads the picture goes on at the quality that it has until the worker tells another.
    const quality = this.#state.phase === 'ready' ? this.#state.quality : null;
    this.#enter({ phase: 'ready', pipelineId, provider, threads, quality, figures: null });
  }

  #loadFailed(generation: number, problem: string, from: SupervisedWorker): void {
    const wanted = this.#wanted;
    if (!wanted || generation !== wanted.generation) return;
    if (from === this.#next && this.#goesOnWithout(wanted)) return;
    this.#giveUp(wanted, problem);
  }

  #broke({ generation, problem, deviceLost }: Broken, from: SupervisedWorker): void {
    const wanted = this.#wanted;
    if (!wanted || from !== this.#present || generation !== this.#running?.runs) return;
    if (deviceLost) this.#lostDevice(wanted);
    else if (this.#running === wanted) this.#wentDown(from, `stopped working (${problem})`);
    // Another one is loading. If that fails, this one is none to go back to.
    else this.#running = null;
  }

  #measured(figures: LocalFigures, from: SupervisedWorker): void {
    const wanted = this.#wanted;
    this.#watchRuns();
    if (!wanted || this.#state.phase !== 'ready') return;
    this.#enter({ ...this.#state, figures });
    if (this.#state.provider !== 'wasm' || this.#next) return;
    const { threads } = from.plan;
    const chosen = this.#threads.measured(wanted.model, threads, figures.runMs);
    if (chosen === null || chosen === threads) return;
    this.#next = this.#startWorker(chosen);
    this.#loadIn(this.#next, wanted);
  }

  /** Frames are made, or about to be. While another model loads, it is the load that is waited for. */
  #watchRuns(): void {
    if (this.#wanted && this.#state.phase !== 'loading') this.#present?.watch(runSilentPings, watchedRounds);
  }

  #lostDevice(wanted: AskedModel): void {
    this.#allowWebGpu = false;
    this.#dropNext();
    this.#dropPresent();
    this.#running = null;
    this.#notice('The graphics processor gave up on the local model, which was started again without it.');
    this.#begin(wanted);
  }

  #wentDown(worker: SupervisedWorker, how: string): void {
    const wanted = this.#wanted;
    if (worker === this.#next) {
      if (this.#goesOnWithout(wanted)) return;
    } else if (worker === this.#present) {
      this.#dropPresent();
      this.#dropNext();
      this.#running = null;
    } else return;
    if (!wanted) return;
    if (wanted.crashes.add(performance.now())) {
      this.#giveUp(wanted, twiceDown(wanted.model));
      return;
    }
    this.#notice(`The local model ${how} and was started again.`);
    this.#begin(wanted);
  }

  /** The model before, if one still runs, is from now on the one that is looked after. */
  #giveUp(wanted: AskedModel, problem: string): void {
    this.#wanted = this.#running;
    this.#enter({ phase: 'failed', pipelineId: wanted.model.manifest.id, problem });
    if (this.#wanted) this.#watchRuns();
    else this.#present?.rest();
  }

  /** The next worker failed. @returns Whether it was only to have more threads: then all goes on as it is. */
  #goesOnWithout(wanted: AskedModel | null): boolean {
    this.#dropNext();
    if (!wanted || wanted !== this.#running) return false;
    this.#threads.keep(wanted.model, this.#present?.plan.threads ?? 1);
    return true;
  }

  #dropNext(): void {
    this.#next?.end();
    this.#next = null;
  }

  #dropPresent(): void {
    this.#present?.end();
    this.#present = null;
  }

  #enter(state: LocalState): void {
    this.#state = state;
    this.#options.report({ type: 'state', state });
  }

  #notice(text: string): void {
    this.#options.report({ type: 'notice', text });
  }
}
