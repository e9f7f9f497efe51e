import { setTimeout as pause } from 'node:timers/promises';
import type { Browser } from 'playwright';
import type { MediaPort } from '../../main/link/media-port.ts';
import type { Client } from './client.ts';
import type { Fault, Run } from './fault.ts';
import type { Look } from './sightings.ts';
import { World } from './world.ts';

/** A client that is not back by then is given up. */
export const capMs = 60_000;
/** The picture has to move for as long before a fault, and is looked at for as long. */
const beforeMs = 2_000;
/** Recovered means so long without another standstill, unless the fault says otherwise. */
const usualSteadyMs = 1_000;
const lookMs = 50;
const openMs = 20_000;
const small = { width: 320, height: 240 };

export interface RunOptions {
  browser: Browser;
  makeClient: (media: MediaPort) => Client;
  /** Milliseconds that the fault comes later than it could. */
  laterMs: number;
}

/** Opens a world, breaks it, and looks until it is whole again. */
export async function measureRun(fault: Fault, { browser, makeClient, laterMs }: RunOptions): Promise<Run> {
  const world = await openWorld(fault.world ?? {}, { browser, makeClient });
  try {
    await settled(world, laterMs);
    return await strike(world, fault);
  } finally {
    await world.close();
  }
}

export function openWorld(
  wanted: NonNullable<Fault['world']>,
  { browser, makeClient }: Pick<RunOptions, 'browser' | 'makeClient'>,
): Promise<World> {
  return World.open({
    through: [],
    next: false,
    runnerArgs: [],
    size: small,
    ...wanted,
    browser,
    makeClient,
  });
}

/** Waits until the picture has moved for a while, and looks for as long before the fault as the caller asks. */
export async function settled(world: World, laterMs = 0): Promise<void> {
  const until = performance.now() + openMs;
  while (!(world.client.marks.at(-1)?.isLive && world.sightings.count > 0)) {
    if (performance.now() > until) throw new Error('the picture does not move');
    await pause(lookMs);
    await world.look();
  }
  await pause(beforeMs + laterMs);
  await world.look();
}

async function strike(world: World, fault: Fault): Promise<Run> {
  const { client, sightings } = world;
  const attemptsBefore = client.attempts;
  const at = performance.now();
  const timing: Pick<Run, 'backMs'> = { backMs: null };
  const cause = Promise.resolve(fault.strike(world)).then(() => {
    timing.backMs = performance.now() - at;
  });
  // It is waited for below; until then a failure must not end the process.
  cause.catch(() => undefined);
  const steadyMs = fault.steadyMs ?? usualSteadyMs;
  let end = recovery(world, at, steadyMs);
  while ((timing.backMs === null || !end.isOver) && performance.now() - at < capMs) {
    await pause(lookMs);
    await world.look();
    end = recovery(world, at, steadyMs);
  }
  await cause;
  const marks = client.marks.filter((mark) => mark.at >= at);
  const detected = marks.find(({ isLive }) => !isLive);
  const { missed, longestGapMs, standstills } = sightings.between(at, performance.now());
  const before = sightings.between(at - beforeMs, at);
  return {
    detectMs: detected === undefined ? null : detected.at - at,
    recoverMs: end.isOver ? end.at - at : null,
    missed,
    longestGapMs,
    attempts: client.attempts - attemptsBefore,
    backMs: timing.backMs,
    before: { missed: before.missed, longestGapMs: before.longestGapMs },
    story: storyOf(client, standstills, at),
  };
}

/** Whether what broke is whole again for good, and since when. */
function recovery(
  { client, sightings }: World,
  struckAt: number,
  steadyMs: number,
): { isOver: boolean; at: number } {
  const last = client.marks.at(-1)!;
  const { movesSince } = sightings.between(struckAt, performance.now());
  const at = Math.max(struckAt, last.at, movesSince ?? Infinity);
  const wasTouched = last.at >= struckAt || movesSince !== struckAt;
  const isOver = wasTouched && last.isLive && performance.now() - at > steadyMs;
  return { isOver, at };
}

function storyOf({ marks, told }: Client, standstills: Look['standstills'], since: number): string[] {
  return [
    ...told,
    ...marks.map(({ at, note }) => ({ at, text: `(${note})` })),
    ...standstills.map(({ from, to }) => ({ at: to, text: `[still for ${Math.round(to - from)} ms]` })),
  ]
    .filter(({ at }) => at >= since)
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, text }) => `${Math.round(at - since)} ${text}`);
}
