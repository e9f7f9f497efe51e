import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './fault.ts';
import type { World } from './world.ts';

const noFrameLost = { of: 'missed', which: 'worst', atMost: 0 } as const;
const noticedInTime = { of: 'detectMs', which: 'worst', atMost: 10_000 } as const;
/** A runner ends one of two peer connections after 5 s: it had better not be the one that delivers. */
const relapseMs = 7_000;
const shortGap = (atMost: number) => ({ of: 'longestGapMs', which: 'median', atMost }) as const;
/** What was open stays open and carries nothing; whoever dials anew gets through. */
const silenceOpen = ({ tcp }: World): void => tcp?.silence({ connections: 'open' });

async function standStill(world: World, ms: number): Promise<void> {
  world.signal('SIGSTOP');
  await pause(ms);
  world.signal('SIGCONT');
}

/** What networks and runners do, in the order of the table. */
export const faults: readonly Fault[] = [
  {
    name: 'socket reset',
    world: { through: ['tcp'] },
    strike: ({ tcp }) => void tcp?.cut(),
    aim: noFrameLost,
  },
  {
    name: 'socket reset, 512×512',
    world: { through: ['tcp'], size: { width: 512, height: 512 } },
    strike: ({ tcp }) => void tcp?.cut(),
    aim: noFrameLost,
  },
  {
    name: 'socket half-open, media goes on',
    world: { through: ['tcp'] },
    strike: silenceOpen,
    manner: ['long', 'spread'],
    aim: noticedInTime,
  },
  {
    name: 'socket half-open, media silent',
    world: { through: ['tcp', 'udp'] },
    strike: (world) => {
      silenceOpen(world);
      world.udp.last.silence();
    },
    manner: ['long', 'spread'],
    aim: noticedInTime,
  },
  {
    name: 'media ended by the runner',
    world: { through: ['tcp'] },
    strike: async ({ runner, sessionId }) => {
      const address = `http://127.0.0.1:${runner.port}/api/v1/webrtc/offer/${sessionId}`;
      const { status } = await fetch(address, { method: 'DELETE' });
      if (status !== 204) throw new Error(`the runner did not end the session: ${status}`);
    },
    aim: shortGap(300),
  },
  {
    name: 'media silent',
    world: { through: ['udp'] },
    strike: ({ udp }) => udp.last.silence(),
    manner: ['long'],
    aim: shortGap(1_300),
  },
  {
    name: 'NAT rebound',
    world: { through: ['udp'] },
    strike: ({ udp }) => udp.last.rebind(),
    manner: ['long'],
    aim: shortGap(1_300),
  },
  {
    name: 'runner killed and restarted',
    strike: async (world) => {
      await world.runner.end('SIGKILL');
      await world.restartRunner();
    },
    aim: { of: 'afterBackMs', which: 'median', atMost: 500 },
  },
  {
    name: 'runner stopped and restarted',
    strike: async (world) => {
      await world.runner.end('SIGTERM');
      await world.restartRunner();
    },
    aim: { of: 'afterBackMs', which: 'median', atMost: 500 },
  },
  { name: 'runner frozen for 2 s', strike: (world) => standStill(world, 2_000), steadyMs: relapseMs },
  { name: 'runner frozen for 4 s', strike: (world) => standStill(world, 4_000), steadyMs: relapseMs },
  {
    name: 'runner leaves, another is there',
    world: { next: true, runnerArgs: ['--drain-timeout', '3'] },
    strike: ({ runner }) => runner.end('SIGTERM'),
    aim: shortGap(150),
  },
];
