import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { soakDefaults } from './defaults.ts';
import { slopeOf } from './slope.ts';

export interface MemorySample {
  /** Since the start of the run, minutes. */
  minute: number;
  /** After a full collection, MiB. */
  heapMiB: number;
  rssMiB: number;
}

/** What memory does once it has found its size. */
export interface MemoryTrend {
  /** MiB/min. */
  heapSlope: number;
  rssSlope: number;
  /** What that makes of the stretch that was looked at, MiB. */
  heapGrowth: number;
  rssGrowth: number;
  samples: readonly MemorySample[];
}

const mebibyte = 1_048_576;

// So that nobody has to start Node with a flag.
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

export function sampleMemory(minute: number): MemorySample {
  collect();
  const { heapUsed, rss } = process.memoryUsage();
  return { minute, heapMiB: heapUsed / mebibyte, rssMiB: rss / mebibyte };
}

export function trendOf(samples: readonly MemorySample[]): MemoryTrend {
  const warm = samples.slice(Math.floor(samples.length * soakDefaults.warmUpShare));
  const minutes = (warm.at(-1)?.minute ?? 0) - (warm[0]?.minute ?? 0);
  const [heapSlope, rssSlope] = (['heapMiB', 'rssMiB'] as const).map((key) =>
    slopeOf(warm.map((sample) => ({ x: sample.minute, y: sample[key] }))),
  ) as [number, number];
  return { heapSlope, rssSlope, heapGrowth: heapSlope * minutes, rssGrowth: rssSlope * minutes, samples };
}
