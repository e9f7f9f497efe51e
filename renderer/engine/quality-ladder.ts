import type { Manifest } from '../../pipelines/manifest.ts';
import type { FrameSize } from '../../shared/settings/schema.ts';
import {
  climbAfterFrames,
  climbAfterMaxFrames,
  climbShare,
  everySecondAllowance,
  ladderRuns,
} from './defaults.ts';
import type { LocalQuality } from './local-state.ts';
import { median } from './median.ts';
import { qualitySizes } from './quality-sizes.ts';

type Budget = Manifest['budget'];
type ImageSize = Manifest['io']['image']['size'];

interface Rung {
  quality: LocalQuality;
  /** Milliseconds that a frame may take here. */
  allowedMs: number;
}

/**
 * What is given up for a picture that keeps up: size first, then every second frame; the last rung says that neither
 * was enough. It goes down as soon as the median of 30 frames is over what is allowed, and up again only when the
 * better rung is predicted to be well within it, and later each time that this proved wrong, so that a model whose
 * cost stays the same settles. A step up that held makes up for those.
 */
export class QualityLadder {
  readonly #budget: Budget;
  readonly #image: ImageSize;
  #rungs: readonly Rung[];
  #at = 0;
  #times: number[] = [];
  #framesHere = 0;
  #climbAfter = climbAfterFrames;
  #cameUp = false;

  /**
   * @param source Size of the frames that come in, both sides above 0.
   * @param image What the model takes; without it any size.
   */
  constructor(budget: Budget, source: FrameSize, image: ImageSize = { mode: 'any', multipleOf: 1 }) {
    this.#budget = budget;
    this.#image = image;
    this.#rungs = rungsFor(budget, source, image);
  }

  get quality(): LocalQuality {
    return this.#rungs[this.#at]!.quality;
  }

  /**
   * A frame was made.
   *
   * @param frameMs From taking it in to handing it out, the wait for it not included.
   * @returns Whether `quality` is another one from the next frame on.
   */
  ran(frameMs: number): boolean {
    this.#times.push(frameMs);
    this.#framesHere += 1;
    if (this.#times.length < ladderRuns) return false;
    const medianMs = median(this.#times);
    this.#times = [];
    if (medianMs > this.#rungs[this.#at]!.allowedMs) return this.#goDown();
    return this.#mayGoUp(medianMs) && this.#goUp();
  }

  /** Frames come in another size from now on. What was given up stays given up. @returns As `ran`. */
  resized(source: FrameSize): boolean {
    const before = this.quality;
    this.#rungs = rungsFor(this.#budget, source, this.#image);
    this.#at = this.#at === 0 ? 0 : closestRung(this.#rungs, before);
    this.#startAnew();
    return !isSame(before, this.quality);
  }

  #goDown(): boolean {
    if (this.#at === this.#rungs.length - 1) return false;
    this.#judgeClimb(this.#framesHere > this.#climbAfter);
    this.#cameUp = false;
    this.#at += 1;
    this.#startAnew();
    return true;
  }

  #mayGoUp(medianMs: number): boolean {
    const better = this.#rungs[this.#at - 1];
    if (!better || this.#framesHere < this.#climbAfter) return false;
    const predictedMs = (medianMs * pixels(better.quality.size)) / pixels(this.quality.size);
    return predictedMs < better.allowedMs * climbShare;
  }

  #goUp(): boolean {
    this.#judgeClimb(true);
    this.#cameUp = true;
    this.#at -= 1;
    this.#startAnew();
    return true;
  }

  /** A step up that held says that the machine is free again: what was learnt while it was busy is void. */
  #judgeClimb(held: boolean): void {
    if (!this.#cameUp) return;
    this.#climbAfter = held ? climbAfterFrames : Math.min(climbAfterMaxFrames, this.#climbAfter * 2);
  }

  #startAnew(): void {
    this.#times = [];
    this.#framesHere = 0;
  }
}

function rungsFor(budget: Budget, source: FrameSize, image: ImageSize): Rung[] {
  const sizes = qualitySizes(budget.sizes, source, image);
  const size = sizes.at(-1)!;
  const sparseMs = budget.targetMs * everySecondAllowance;
  return [
    ...sizes.map((each) => ({
      quality: { size: each, everySecond: false, tooHeavy: false },
      allowedMs: budget.targetMs,
    })),
    { quality: { size, everySecond: true, tooHeavy: false }, allowedMs: sparseMs },
    { quality: { size, everySecond: true, tooHeavy: true }, allowedMs: sparseMs },
  ];
}

/** The best rung that asks no more of the machine than the one before did. */
function closestRung(rungs: readonly Rung[], before: LocalQuality): number {
  const found = rungs.findIndex(
    ({ quality }) =>
      quality.tooHeavy === before.tooHeavy &&
      quality.everySecond === before.everySecond &&
      pixels(quality.size) <= pixels(before.size),
  );
  if (found !== -1) return found;
  // All are larger: the smallest of the same kind.
  return rungs.findLastIndex(
    ({ quality }) => quality.tooHeavy === before.tooHeavy && quality.everySecond === before.everySecond,
  );
}

function pixels(size: FrameSize): number {
  return size.width * size.height;
}

function isSame(one: LocalQuality, other: LocalQuality): boolean {
  return (
    one.size.width === other.size.width &&
    one.size.height === other.size.height &&
    one.everySecond === other.everySecond &&
    one.tooHeavy === other.tooHeavy
  );
}
