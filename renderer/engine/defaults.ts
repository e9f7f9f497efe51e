/** Runs between two looks at the time they take: a second of a camera, so that one stutter changes nothing. */
export const ladderRuns = 30;

/** With every second frame left out a frame may take this many times as long. */
export const everySecondAllowance = 2;

/** A step back up is taken only below this share of the allowed time: what is predicted is never exact. */
export const climbShare = 0.7;

/** Frames at one quality before a better one is tried: 10 s of a camera. A change of size costs a new plan. */
export const climbAfterFrames = 300;

/** The wait doubles after each step up that did not hold, to no more than this: 5 minutes of a camera. */
export const climbAfterMaxFrames = 9_000;

/** Up to here one thread does: a second one triples the processor time of a tiny model and saves 1 ms. */
export const singleThreadMs = 10;

/** More threads than this wait for each other longer than they help with pictures of our sizes. */
export const maxThreads = 4;

/** A ping, and a look at whether the one before came back, this often while frames are made. */
export const pingMs = 1_000;

/** So many pings in a row without an answer, 3 s, and the worker hangs: a model's run blocks all else in it. */
export const runSilentPings = 3;

/**
 * Making a session blocks the worker as well, and a user's model of 200 MB takes seconds where the disk is slow:
 * 20 s is where people give up, too.
 */
export const loadSilentPings = 20;

/** Answered pings without a word from the worker after which the watch ends: figures come once a second. */
export const watchedRounds = 3;

/** Figures of one thread, a second each, before its model's threads are settled: before the ladder has gone far. */
export const figuresForThreads = 2;

/** A model that brings the worker down `crashLimit` times within this time is not started again. */
export const crashWindowMs = 60_000;
export const crashLimit = 2;

/** All of an inspection or a trial: making a session, and three runs. */
export const trialLimitMs = 30_000;

/** Runs of a trial: three to warm up as the user is told, and the first of them, which plans memory, is not counted. */
export const trialRuns = 3;

/**
 * What conversions and run of a frame may take together for a picture in real time: a camera's frame comes every
 * 33.3 ms, and 3 ms of these are for taking it out of its stream, for what else the page does, and for being late.
 */
export const realTimeMs = 30;

/** From a camera's frame to planes and back to a frame, which a trial does not do: 4 ms at 512². */
export const conversionMsPerMegapixel = 16;

/** For the whole of a look at the graphics processor; one that works answers within 100 ms. */
export const webGpuProbeMs = 3_000;
