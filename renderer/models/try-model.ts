import type { Manifest } from '../../pipelines/manifest.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Trial } from '../engine/trial.ts';
import { lastMultiple, multiplesTried, sizesTried } from './defaults.ts';
import type { ModelDoors } from './model-doors.ts';

/** What a trial found out about a model of any size. */
export interface Fitting {
  /** What the picture's sides must be a multiple of. */
  multipleOf: number;
  /** [width, height], best first: the sizes that keep up here, or the smallest when none does. */
  sizes: [number, number][];
}

export interface Tried {
  /** Null for a model of one size, and for one that came with its description: nothing was left to find out. */
  fitting: Fitting | null;
  /** The largest size that keeps up here; when none does, what the smallest takes. */
  best: Trial;
}

type Sizes = [Trial, ...Trial[]];

/**
 * Runs a candidate at growing sizes until one does not keep up.
 *
 * @param described Its manifest came with it and is taken as it is.
 * @returns The engine's problem when it does not run at all.
 */
export async function tryModel(
  doors: Pick<ModelDoors, 'try'>,
  url: string,
  manifest: Manifest,
  described: boolean,
): Promise<Result<Tried, string>> {
  const { size } = manifest.io.image;
  const attempt = (width: number, height: number): Promise<Result<Trial, string>> =>
    doors.try({ url, manifest, size: { width, height } });

  if (size.mode === 'fixed') {
    const only = await attempt(size.width, size.height);
    return only.ok ? ok({ fitting: null, best: only.value }) : only;
  }
  const [smallest, ...larger] = sizesTried;
  const first = await attempt(...smallest!);
  if (!first.ok) return first;
  const trials: Sizes = [first.value];
  for (const [width, height] of larger) {
    if (!trials.at(-1)!.realTime) break;
    const next = await attempt(width, height);
    // What is too large for the memory is no more of use than what is too slow.
    if (!next.ok) break;
    trials.push(next.value);
  }
  const best = trials.findLast(({ realTime }) => realTime) ?? trials[0];
  if (described) return ok({ fitting: null, best });
  const keepUp = trials.filter(({ realTime }) => realTime).toReversed();
  const sizes = (keepUp.length > 0 ? keepUp : [best]).map(({ size }): [number, number] => [
    size.width,
    size.height,
  ]);
  // Seconds more for a model that will hardly be used: the widest multiple suits it, too.
  const multipleOf = best.realTime ? await findMultiple(attempt, first.value) : lastMultiple;
  return ok({ fitting: { multipleOf, sizes }, best });
}

/** Tried at a little more than the smallest size, where a network that halves its picture fails if it has to. */
async function findMultiple(
  attempt: (width: number, height: number) => Promise<Result<Trial, string>>,
  { size: { width } }: Trial,
): Promise<number> {
  for (const multiple of multiplesTried) {
    if ((await attempt(width + multiple, width + multiple)).ok) return multiple;
  }
  return lastMultiple;
}
