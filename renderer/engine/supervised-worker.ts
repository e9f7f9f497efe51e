import type { FromEngine, ToEngine } from './engine-message.ts';
import { PingWatch } from './ping-watch.ts';

export interface WorkerPlan {
  threads: number;
  allowWebGpu: boolean;
}

export interface WorkerNews {
  told(message: FromEngine, from: SupervisedWorker): void;
  /** It is of no use any more. `how` goes after "The local model": "crashed", "did not answer for 3 s". */
  down(how: string, from: SupervisedWorker): void;
}

/**
 * One inference worker from begin to end: it is given its end of the mixer's port and the source's frames, and
 * watched. After `end` nothing is heard of it, whatever is still on its way.
 */
export class SupervisedWorker {
  readonly plan: WorkerPlan;
  /** The mixer's end of the port that this worker's frames come over. */
  readonly mixerPort: MessagePort;
  readonly #worker: Worker;
  readonly #watch: PingWatch;
  readonly #heard = new AbortController();
  #source: MediaStreamTrack | null = null;

  constructor(worker: Worker, plan: WorkerPlan, news: WorkerNews) {
    this.#worker = worker;
    this.plan = plan;
    this.#watch = new PingWatch(
      (id) => this.tell({ type: 'ping', id }),
      (seconds) => news.down(`did not answer for ${seconds} s`, this),
    );
    const { signal } = this.#heard;
    const onMessage = ({ data }: MessageEvent<FromEngine>): void => {
      if (data.type === 'pong') this.#watch.pong(data.id);
      else news.told(data, this);
    };
    worker.addEventListener('message', onMessage, { signal });
    worker.addEventListener('error', () => news.down('crashed', this), { signal });
    worker.addEventListener('messageerror', () => news.down('sent what cannot be read', this), { signal });
    const { port1, port2 } = new MessageChannel();
    this.mixerPort = port2;
    this.tell({ type: 'begin', ...plan, mixer: port1 }, [port1]);
  }

  /** Gives it the frames of a clone, which ends with it: the track itself stays the caller's. */
  takeSource(track: MediaStreamTrack): void {
    this.#source?.stop();
    this.#source = track.clone();
    const { readable } = new MediaStreamTrackProcessor({ track: this.#source, maxBufferSize: 1 });
    this.tell({ type: 'source', readable }, [readable]);
  }

  tell(message: ToEngine, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  /** As `PingWatch.watch`. */
  watch(silentPings: number, rounds: number): void {
    this.#watch.watch(silentPings, rounds);
  }

  rest(): void {
    this.#watch.stop();
  }

  end(): void {
    this.#heard.abort();
    this.#watch.stop();
    this.#worker.terminate();
    this.#source?.stop();
    this.#source = null;
    this.mixerPort.close();
  }
}
