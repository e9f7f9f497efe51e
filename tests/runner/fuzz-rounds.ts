import { randomInt } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc, { type Arbitrary } from 'fast-check';
import { expect } from 'vitest';

/** Inputs that one round hands over together. */
const batch = 50;

/** How often memory is measured in the course of one kind of input. */
const measurements = 20;

/** What a measurement may differ by for no reason: half a megabyte is more than was ever seen. */
const noiseBytes = 1024 * 1024;

/** Of one run; set `LINKSPAN_FUZZ_SEED` to have it again. */
export const seed = Number(process.env.LINKSPAN_FUZZ_SEED ?? randomInt(2 ** 31));

/** How many have been handed over in all. */
let taken = 0;

export function inputsTaken(): number {
  return taken;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/**
 * Hands inputs over in batches. Memory may grow at first, while code is compiled and buffers find their size; in
 * the second half of the inputs it is what it was in the first.
 *
 * @param inputs How many, a multiple of 1000.
 * @throws {Error} With seed and inputs, when `take` fails for a batch.
 */
export async function fuzz<Input>(
  inputs: number,
  arbitrary: Arbitrary<Input>,
  take: (inputs: readonly Input[]) => Promise<void>,
): Promise<void> {
  const rounds = inputs / batch;
  const heap: number[] = [];
  let round = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(arbitrary, { minLength: batch, maxLength: batch }), async (some) => {
      await take(some);
      taken += some.length;
      round += 1;
      if (round % (rounds / measurements) === 0) heap.push(await settledHeap());
    }),
    // What a runner answers depends on what came before: smaller inputs would not show the same.
    { seed, numRuns: rounds, endOnFailure: true },
  );
  const [early, late] = [heap.slice(measurements / 4, measurements / 2), heap.slice(-measurements / 4)];
  const growth = median(late) - median(early);
  expect(growth, `bytes that ${inputs / 2} inputs left behind`).toBeLessThan(noiseBytes);
}

async function settledHeap(): Promise<number> {
  // Twice: what finalisers and closed sockets let go of is only then free.
  for (let time = 0; time < 2; time += 1) {
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
  }
  return process.memoryUsage().heapUsed;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
