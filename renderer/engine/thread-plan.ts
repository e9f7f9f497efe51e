import { maxThreads, singleThreadMs } from './defaults.ts';

/**
 * Threads for a model on WASM: as many as bring its run to 10 ms if they shared the work evenly, within bounds. One
 * core is left for capture and display; of two, both are used by a model that is too slow for one.
 *
 * @param runMs Measured with one thread.
 * @param cores `navigator.hardwareConcurrency`; 1 where the page may not have threads.
 */
export function threadPlan(runMs: number, cores: number): number {
  if (runMs <= singleThreadMs || cores < 2) return 1;
  const most = Math.max(2, Math.min(maxThreads, cores - 1));
  return Math.min(most, Math.max(2, Math.ceil(runMs / singleThreadMs)));
}
