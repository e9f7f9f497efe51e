import { setTimeout as pause } from 'node:timers/promises';
import type { Stage } from './stage.ts';
import type { Colour, PipelineId } from './wishes.ts';

/** What can be done to a link. */
export interface SoakFault {
  name: string;
  /** @param random Numbers in [0, 1). Resolves when the cause is over and the link is able to heal. */
  strike(stage: Stage, random: () => number): Promise<void> | void;
  /** How long it may take until the link shows that anything happened, milliseconds; at once by default. */
  noticedWithinMs?: number;
}

/** Silence is found by the heartbeat: its deadline (1.2 s), a ping interval, and a second on a busy machine. */
const silenceMs = 2_700;
const stallMs = 4_000;
/** Far above any network's, far below what counts as silence. */
const lateMs = 300;
const lateForMs = 3_000;
/** The watchdog's second, and half of one on a busy machine. */
const silentMediaMs = 1_500;
const refusalMs = { min: 1_000, max: 5_000 };
const standStillMs = { min: 1_000, max: 3_000 };

const other = <Value>(values: readonly Value[], present: Value, random: () => number): Value => {
  const rest = values.filter((value) => value !== present);
  return rest[Math.floor(random() * rest.length)]!;
};

export const soakFaults: readonly SoakFault[] = [
  { name: 'socket reset', strike: ({ proxy }) => void proxy.cut() },
  {
    name: 'socket silent both ways',
    strike: ({ proxy }) => proxy.silence({ connections: 'open' }),
    noticedWithinMs: silenceMs,
  },
  {
    name: 'socket stalled for 4 s',
    async strike({ proxy }) {
      proxy.stall(stallMs);
      await pause(stallMs);
    },
  },
  {
    name: 'socket 300 ms late for 3 s',
    async strike({ proxy }) {
      proxy.change({ delayMs: lateMs });
      await pause(lateForMs);
      proxy.change({ delayMs: 0 });
    },
  },
  { name: 'media frozen', strike: ({ legs }) => legs.freeze(), noticedWithinMs: silentMediaMs },
  {
    name: 'media silent both ways',
    strike: ({ legFaults }) => legFaults.silence(),
    noticedWithinMs: silentMediaMs,
  },
  {
    name: 'media silent towards the page',
    strike: ({ legFaults }) => legFaults.silence('client'),
    noticedWithinMs: silentMediaMs,
  },
  {
    // Feedback still comes, so that the picture is given time to be repaired.
    name: 'media silent towards the runner',
    strike: ({ legFaults }) => legFaults.silence('server'),
    noticedWithinMs: silentMediaMs + 1_000,
  },
  { name: 'NAT rebound', strike: ({ legFaults }) => legFaults.rebind(), noticedWithinMs: silentMediaMs },
  { name: 'data channel closed', strike: ({ legFaults }) => legFaults.closeChannel() },
  {
    name: 'media frozen and offers refused for a while',
    async strike({ legs, legFaults }, random) {
      legFaults.refuseOffers(true);
      legs.freeze();
      await pause(refusalMs.min + random() * (refusalMs.max - refusalMs.min));
      legFaults.refuseOffers(false);
    },
  },
  {
    name: 'session process killed',
    strike: ({ runner }) => runner.killSessions(),
    noticedWithinMs: silentMediaMs,
  },
  { name: 'runner killed and restarted', strike: ({ runner }) => runner.restart('SIGKILL') },
  { name: 'runner leaves in order and comes back', strike: ({ runner }) => runner.restart('SIGTERM') },
  { name: 'runner restarted in a hurry', strike: ({ runner }) => runner.restart('SIGTERM twice') },
  {
    name: 'runner stopped and continued',
    async strike({ runner }, random) {
      runner.standStill();
      await pause(standStillMs.min + random() * (standStillMs.max - standStillMs.min));
      runner.goOn();
    },
  },
  { name: 'sleep', strike: ({ host }) => host.nudge('sleep') },
  { name: 'network change', strike: ({ host }) => host.nudge('network') },
  { name: 'retry now', strike: ({ host }) => host.retryNow() },
  {
    name: 'stop and start',
    async strike(stage, random) {
      const stopped = stage.host.stop();
      // Some users wait for the end of what they stopped.
      if (random() < 0.5) await stopped;
      stage.start();
      await stopped;
    },
  },
  {
    name: 'parameters changed',
    strike(stage, random) {
      const colours: readonly Colour[] = ['red', 'green', 'blue'];
      stage.change({ colour: other(colours, stage.wishes.colour, random) });
    },
  },
  {
    name: 'pipeline changed',
    strike(stage, random) {
      // The sketch twice: it is the one whose parameters can be seen.
      const pipelines: readonly PipelineId[] = ['sketch', 'sketch', 'passthrough', 'thermal'];
      stage.change({ pipelineId: other(pipelines, stage.wishes.pipelineId, random) });
    },
  },
];
