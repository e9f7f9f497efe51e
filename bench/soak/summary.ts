import { percentile, type BenchRow } from '../result.ts';
import { soakDefaults } from './defaults.ts';
import type { SoakOutcome } from './run-soak.ts';

/** What came of a soak that held every promise, as rows. */
export function rowsOf({
  seconds,
  seed,
  rounds,
  attempts,
  failures,
  maxLegs,
  longestFreezeMs,
  memory,
}: SoakOutcome): BenchRow[] {
  const { heapNoiseMiB, rssNoiseMiB, silentFreezeMs } = soakDefaults;
  return [
    { figure: 'length', value: seconds, unit: 's' },
    { figure: 'seed', value: seed },
    { figure: 'rounds, all whole again in the end', value: rounds.length },
    ...recoveries(rounds),
    ...Object.entries(attempts).map(([tried, count]) => ({ figure: `tried: ${tried}`, value: count })),
    { figure: 'gave up for the time being', value: failures },
    { figure: 'peer connections at once', value: maxLegs, aim: '<= 2', met: maxLegs <= 2 },
    {
      figure: 'longest standstill while called live',
      value: longestFreezeMs,
      unit: 'ms',
      aim: `<= ${silentFreezeMs} ms`,
      met: longestFreezeMs <= silentFreezeMs,
    },
    { figure: 'handles, sockets, peer connections, timers left', value: 0, aim: '0', met: true },
    { figure: 'heap after collection, slope', value: memory.heapSlope, unit: 'MiB/min' },
    growth('heap', memory.heapGrowth, heapNoiseMiB),
    { figure: 'resident memory, slope', value: memory.rssSlope, unit: 'MiB/min' },
    growth('resident memory', memory.rssGrowth, rssNoiseMiB),
  ];
}

function growth(what: string, value: number, atMost: number): BenchRow {
  return {
    figure: `${what}, growth after warm-up`,
    value,
    unit: 'MiB',
    aim: `<= ${atMost} MiB`,
    met: value <= atMost,
  };
}

/** Of single faults by kind, those that overlapped in one row. In brackets: after the cause was over. */
function recoveries(rounds: SoakOutcome['rounds']): BenchRow[] {
  const kinds = Map.groupBy(rounds, ({ fault }) => (fault.includes(' + ') ? 'two faults at once' : fault));
  return [...kinds]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([kind, played]) => ({
      figure: `${kind}, ${played.length} times: median / longest`,
      value: `${pair(played.map(({ recoverMs }) => recoverMs))} (${pair(played.map(({ afterMs }) => afterMs))})`,
      unit: 's',
    }));
}

function pair(times: readonly number[]): string {
  const [middle, most] = [percentile(times, 0.5), Math.max(...times)].map((ms) => (ms / 1_000).toFixed(1));
  return `${middle} / ${most}`;
}
