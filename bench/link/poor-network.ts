import { setTimeout as pause } from 'node:timers/promises';
import type { Browser } from 'playwright';
import type { MediaPort } from '../../main/link/media-port.ts';
import type { BenchRow } from '../result.ts';
import type { Client } from './client.ts';
import { openWorld, settled } from './measure-run.ts';

const loss = 0.2;
const delayMs = 150;
const lookMs = 200;

/**
 * Signalling and media both through a path that loses and delays: nothing is broken, so nothing may be noticed.
 */
export async function measurePoorNetwork(
  browser: Browser,
  makeClient: (media: MediaPort) => Client,
  seconds: number,
): Promise<{ rows: BenchRow[]; raw: unknown }> {
  const world = await openWorld({ through: ['tcp', 'udp'] }, { browser, makeClient });
  try {
    await settled(world);
    const at = performance.now();
    const before = world.sightings.count;
    world.tcp!.change({ loss, delayMs });
    world.udp.last.change({ loss, delayMs });
    while (performance.now() - at < seconds * 1_000) {
      await pause(lookMs);
      await world.look();
    }
    const marks = world.client.marks.filter((mark) => mark.at >= at);
    const alarms = marks.filter(({ isLive }, index) => !isLive && (marks[index - 1]?.isLive ?? true));
    const losses = alarms.filter(({ note }) => note.startsWith('recovering'));
    const { longestGapMs } = world.sightings.between(at, performance.now());
    const figure = `${loss * 100} % loss and ${delayMs} ms for ${seconds} s`;
    return {
      rows: [
        { figure: `${figure}: false alarms`, value: alarms.length, aim: '0', met: alarms.length === 0 },
        { figure: `${figure}: losses among them`, value: losses.length, aim: '0', met: losses.length === 0 },
        { figure: `${figure}: shown`, value: (world.sightings.count - before) / seconds, unit: 'fps' },
        { figure: `${figure}: longest gap`, value: longestGapMs, unit: 'ms' },
      ],
      raw: marks.map((mark) => `${Math.round(mark.at - at)} ${mark.note}`),
    };
  } finally {
    await world.close();
  }
}
