import { type Result, fail, ok } from '../../shared/result.ts';
import { trialLimitMs } from './defaults.ts';
import type { FromEngine, ToEngine } from './engine-message.ts';
import type { WorkerPlan } from './supervised-worker.ts';

type Answer = Extract<FromEngine, { type: 'inspected' | 'tried' }>;

export type Question = Extract<ToEngine, { type: 'inspect' | 'try' }>;

export interface ThrowawayQuestion {
  createWorker: () => Worker;
  plan: WorkerPlan;
  question: Question;
  /** Ends it early. */
  signal: AbortSignal;
}

/**
 * Asks a worker of its own, which ends with the answer: a file that hangs it or brings it down takes nothing along.
 *
 * @returns The worker's word, which may itself be a refusal, or why there is none, as a sentence.
 */
export async function askThrowaway({
  createWorker,
  plan,
  question,
  signal,
}: ThrowawayQuestion): Promise<Result<Answer, string>> {
  const worker = createWorker();
  const { port1: mixer, port2 } = new MessageChannel();
  const heard = new AbortController();
  const listening = { signal: heard.signal };
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<Result<Answer, string>>((resolve) => {
      const down = (): void => resolve(fail('The model brought its test down. It cannot run in this app.'));
      worker.addEventListener('error', down, listening);
      worker.addEventListener('messageerror', down, listening);
      worker.addEventListener(
        'message',
        ({ data }: MessageEvent<FromEngine>) => {
          if (data.type === 'inspected' || data.type === 'tried') resolve(ok(data));
        },
        listening,
      );
      signal.addEventListener('abort', () => resolve(fail('The test was ended.')), listening);
      timer = setTimeout(
        () =>
          resolve(fail(`The test did not end within ${trialLimitMs / 1000} s. The model is too heavy here.`)),
        trialLimitMs,
      );
      const tell = (message: ToEngine, transfer: Transferable[] = []): void =>
        worker.postMessage(message, transfer);
      tell({ type: 'begin', ...plan, mixer }, [mixer]);
      tell(question);
    });
  } finally {
    clearTimeout(timer);
    heard.abort();
    worker.terminate();
    port2.close();
  }
}
