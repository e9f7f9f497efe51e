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
  { name: 'media frozen', strike: ({ legs }) => legs.freeze(), noticedWithinMs: 1_500 },
  { name: 'runner killed and restarted', strike: ({ runner }) => runner.restart('SIGKILL') },
  { name: 'runner restarted in order', strike: ({ runner }) => runner.restart('SIGTERM') },
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
