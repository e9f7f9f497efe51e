/**
 * From starting the app to its first transformed picture, the runner already running, and what the processes
 * hold in memory a while later.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { percentile, report, type BenchRow } from '../result.ts';
import { withLiveApp } from './with-live-app.ts';

const runs = 5;
/** Memory is looked at once the first buffers are filled. */
const settleMs = 10_000;

interface Run {
  windowMs: number;
  pictureMs: number;
  /** Resident set, MB. */
  memory: { main: number; renderer: number; runner: number };
}

interface ProcessInfo {
  pid: number;
  parent: number;
  command: string;
  residentMb: number;
}

/** Every process of this machine, as Linux tells it. */
function processes(): ProcessInfo[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const field = (name: string): number =>
        Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return [{ pid: Number(pid), parent: field('PPid'), command, residentMb: field('VmRSS') / 1024 }];
    } catch (error) {
      // It ended while we looked.
      if (error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH'].includes(String(error.code)))
        return [];
      throw error;
    }
  });
}

function below(all: readonly ProcessInfo[], pid: number): ProcessInfo[] {
  const children = all.filter(({ parent }) => parent === pid);
  return children.flatMap((child) => [child, ...below(all, child.pid)]);
}

const sum = (list: readonly ProcessInfo[]): number =>
  list.reduce((total, { residentMb }) => total + residentMb, 0);

async function once(): Promise<Run> {
  return withLiveApp(async ({ app, studio, launchedAt, runnerPid }) => {
    const windowMs = performance.now() - launchedAt;
    await studio.showsFrames(1);
    const pictureMs = performance.now() - launchedAt;
    await pause(settleMs);
    const all = processes();
    const main = app.electron.process().pid!;
    const renderer = below(all, main).filter(({ command }) => command.includes('--type=renderer'));
    const runner = [...all.filter(({ pid }) => pid === runnerPid), ...below(all, runnerPid)];
    const memory = {
      main: sum(all.filter(({ pid }) => pid === main)),
      renderer: sum(renderer),
      runner: sum(runner),
    };
    return { windowMs, pictureMs, memory };
  });
}

const all: Run[] = [];
for (let run = 1; run <= runs; run += 1) {
  all.push(await once());
  process.stderr.write(`run ${run} of ${runs}\n`);
}

const median = (of: (run: Run) => number): number => percentile(all.map(of), 0.5);
const rows: BenchRow[] = [
  { figure: 'start of the app to its window, median', value: median(({ windowMs }) => windowMs), unit: 'ms' },
  {
    figure: 'start of the app to its first picture, median',
    value: median(({ pictureMs }) => pictureMs),
    unit: 'ms',
  },
  {
    figure: 'start of the app to its first picture, longest',
    value: Math.max(...all.map(({ pictureMs }) => pictureMs)),
    unit: 'ms',
  },
  { figure: 'main process, resident', value: median(({ memory }) => memory.main), unit: 'MB' },
  { figure: 'renderer processes, resident', value: median(({ memory }) => memory.renderer), unit: 'MB' },
  { figure: 'runner with its session, resident', value: median(({ memory }) => memory.runner), unit: 'MB' },
];
report({ title: 'Start and memory, test pattern through sketch at 512×512', rows, raw: all });
