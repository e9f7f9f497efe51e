/**
 * From starting the app to its first local picture, with no runner anywhere; and what its processes hold in memory while
 * the local route goes on for ten minutes.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { percentile, report, type BenchRow } from '../result.ts';
import { readPaceOfModel } from './pace-of-model.ts';
import { processTree } from './process-tree.ts';
import { withLocalApp } from './with-live-app.ts';

const runs = 5;
const aimMs = 2_500;
/** Of the long look at memory; the first minute fills buffers and is not compared. */
const { minutes } = {
  minutes: 10,
  ...(JSON.parse(process.env['LINKSPAN_BENCH'] ?? '{}') as { minutes?: number }),
};
const size = { width: 512, height: 512 };
const local = { route: 'local', frameSize: size } as const;

/** Resident set of a process and all below it, MB. Pages that two share count twice. */
function residentMb(root: number): number {
  return processTree(root).reduce((sum, { pid }) => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      return sum + Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
    } catch (error) {
      // It ended while we looked.
      if (error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH'].includes(String(error.code)))
        return sum;
      throw error;
    }
  }, 0);
}

const starts: number[] = [];
for (let run = 0; run < runs; run += 1) {
  // oxlint-disable-next-line no-await-in-loop -- one after the other, or they would measure each other
  await withLocalApp(local, async ({ studio, launchedAt }) => {
    await studio.shows('local');
    await studio.showsFrames(1);
    starts.push(performance.now() - launchedAt);
  });
}

const { samples: memory, pace } = await withLocalApp(local, async ({ app, studio }) => {
  await studio.shows('local');
  const main = app.electron.process().pid!;
  const samples: number[] = [];
  for (let minute = 0; minute < minutes; minute += 1) {
    await pause(60_000);
    samples.push(residentMb(main));
    process.stderr.write(`minute ${minute + 1} of ${minutes}: ${samples.at(-1)!.toFixed(0)} MB\n`);
  }
  return { samples, pace: await readPaceOfModel(studio, size) };
});

const median = percentile(starts, 0.5);
const rows: BenchRow[] = [
  {
    figure: 'start of the app to its first local picture, median',
    value: median,
    unit: 'ms',
    aim: `<= ${aimMs}`,
    met: median <= aimMs,
  },
  { figure: 'start of the app to its first local picture, longest', value: Math.max(...starts), unit: 'ms' },
  { figure: 'the model ran at', value: pace.text },
  { figure: 'resident after 1 minute of the local route', value: memory[0] ?? Number.NaN, unit: 'MB' },
  {
    figure: `resident after ${minutes} minutes of the local route`,
    value: memory.at(-1) ?? Number.NaN,
    unit: 'MB',
  },
];
report({
  title: 'The local route: start and memory, test pattern through sketch at 512×512',
  rows,
  raw: { starts, memory },
});
