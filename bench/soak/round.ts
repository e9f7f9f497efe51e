import { setTimeout as pause } from 'node:timers/promises';
import { soakDefaults } from './defaults.ts';
import { soakFaults, type SoakFault } from './faults.ts';
import type { Stage } from './stage.ts';
import type { Witness } from './witness.ts';
import { isColour } from './wishes.ts';

/** One fault, or two that overlap, and the way back. */
export interface Round {
  /** `performance.now()` */
  struckAt: number;
  fault: string;
  /** From the first strike until the link was live and moving for good, milliseconds; 0 if it was all the time. */
  recoverMs: number;
  /** The part of it after the cause was over: the runner listens again, the stall has ended. */
  afterMs: number;
}

const pollMs = 50;

/**
 * Breaks the link and waits until it is whole again.
 *
 * @throws {Error} With the link's story, when it does not come back or breaks a promise.
 */
export async function playRound(stage: Stage, witness: Witness, random: () => number): Promise<Round> {
  const one = (): SoakFault => soakFaults[Math.floor(random() * soakFaults.length)]!;
  const faults = random() < soakDefaults.doubleShare ? [one(), one()] : [one()];
  const fault = faults.map(({ name }) => name).join(' + ');
  const laterMs = random() * soakDefaults.doubleWithinMs;
  const struckAt = performance.now();
  await Promise.all(
    faults.map(async (each, index) => {
      if (index > 0) await pause(laterMs);
      stage.chronicle.note(`>>> ${each.name}`);
      await each.strike(stage, random);
    }),
  );
  const overAt = performance.now();
  stage.chronicle.note('--- the cause is over');
  const noticedWithinMs = Math.max(...faults.map((each) => each.noticedWithinMs ?? 0));
  await whole(stage, witness, noticedWithinMs);
  const recoverMs = Math.max(0, witness.troubleAt - struckAt);
  const afterMs = Math.max(0, witness.troubleAt - overAt);
  await agreed(stage, witness);
  stage.chronicle.note(`<<< whole after ${Math.round(recoverMs)} ms`);
  return { struckAt, fault, recoverMs, afterMs };
}

/** Waits until the link has been live, with a picture that moves, for a while. */
export async function whole(stage: Stage, witness: Witness, atLeastMs = 0): Promise<void> {
  const steadyFrom = performance.now() + atLeastMs;
  await until(stage, witness, 'That the link is live and the picture moves', () => {
    const isDue = performance.now() >= steadyFrom;
    // A look from before the strike says nothing about what the strike did.
    return (
      isDue && witness.lookedAt > steadyFrom && witness.lookedAt - witness.troubleAt > soakDefaults.steadyMs
    );
  });
}

/** Runner and page have to agree with what the user asked for last, and nothing of before may be left. */
async function agreed(stage: Stage, witness: Witness): Promise<void> {
  const { host, legs } = stage;
  stage.acceptPipeline();
  const { pipelineId, colour } = stage.wishes;
  await until(stage, witness, `That the runner runs ${pipelineId}`, async () => {
    const answer = await host.api({ method: 'GET', path: '/api/v1/session', timeoutMs: 2_000 });
    if (!answer.ok) return false;
    const { pipeline } = answer.value.data as { pipeline: { pipeline_id: string | null } };
    return pipeline.pipeline_id === pipelineId;
  });
  if (pipelineId === 'sketch')
    await until(stage, witness, `That the page shows ${colour}`, async () =>
      isColour(await stage.colour(), colour),
    );
  await until(stage, witness, 'That one session and one peer connection remain', async () => {
    const { attached, connections } = await stage.holdings();
    return legs.open === 1 && attached === 1 && connections === 1;
  });
}

async function until(
  stage: Stage,
  witness: Witness,
  what: string,
  look: () => Promise<boolean> | boolean,
): Promise<void> {
  const deadline = performance.now() + soakDefaults.hangMs;
  while (!(await look())) {
    if (performance.now() > deadline)
      throw broken(stage, `${what} did not happen within ${soakDefaults.hangMs} ms`);
    if (witness.problem !== null) break;
    await pause(pollMs);
  }
  if (witness.problem !== null) throw broken(stage, witness.problem);
}

function broken({ chronicle, legs, wishes, host }: Stage, problem: string): Error {
  const status = JSON.stringify(host.status());
  const wished = JSON.stringify(wishes);
  return new Error(
    `${problem}\n${chronicle.story()}\nstatus ${status}, wished ${wished}, ${legs.open} peer connections`,
  );
}
