import { percentile, type BenchRow } from '../result.ts';
import type { Aim, Fault, Run } from './fault.ts';
import { capMs } from './measure-run.ts';

export interface Measured {
  fault: Fault;
  linkspan: readonly Run[];
  naive: readonly Run[];
}

interface Column {
  title: string;
  of: (run: Run) => number | null;
  /** What a value is in words; null is what never came. */
  word: (value: number) => string;
}

const span = (never: string) => (ms: number) => {
  if (!Number.isFinite(ms)) return never;
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 1)} s`;
};

const noticed: Column = { title: 'noticed', of: ({ detectMs }) => detectMs, word: span('never') };
const whole: Column = {
  title: 'whole again',
  of: ({ recoverMs }) => recoverMs,
  word: span(`> ${capMs / 1_000} s`),
};
const gap: Column = { title: 'longest gap', of: ({ longestGapMs }) => longestGapMs, word: span('') };
const missed: Column = { title: 'frames missed', of: ({ missed }) => missed, word: String };
const attempts: Column = { title: 'attempts', of: ({ attempts }) => attempts, word: String };
const columns: readonly Column[] = [noticed, whole, gap, missed, attempts];

const aimed: Record<Aim['of'], (run: Run) => number | null> = {
  detectMs: ({ detectMs }) => detectMs,
  recoverMs: ({ recoverMs }) => recoverMs,
  missed: ({ missed }) => missed,
  longestGapMs: ({ longestGapMs }) => longestGapMs,
  afterBackMs: ({ recoverMs, backMs }) => (recoverMs === null || backMs === null ? null : recoverMs - backMs),
};

const aimWords: Record<Aim['of'], string> = {
  detectMs: 'noticed within',
  recoverMs: 'recovered within',
  missed: 'frames missed:',
  longestGapMs: 'gap of at most',
  afterBackMs: 'after the runner is back, within',
};

const orNever = (value: number | null): number => value ?? Infinity;
const worst = (values: readonly number[]): number => Math.max(...values);

/** Median and worst, or one value where they are the same. */
function pair(runs: readonly Run[], { of, word }: Column): string {
  if (runs.length === 0) return '–';
  const values = runs.map((run) => orNever(of(run)));
  const [middle, most] = [percentile(values, 0.5), worst(values)].map(word);
  return middle === most ? middle! : `${middle} / ${most}`;
}

/** What the machine did to frames by itself: with more than a few missed, the figures are those of a busy machine. */
export function quietRow(measured: readonly Measured[]): BenchRow {
  const missed = measured.flatMap(({ linkspan, naive }) =>
    [...linkspan, ...naive].map((run) => run.before.missed),
  );
  return {
    figure: 'frames missed in the 2 s before a fault',
    value: `${percentile(missed, 0.5)} / ${worst(missed)}`,
    unit: 'of 60',
  };
}

/** One row a fault and figure, the naive client's beneath. */
export function rowsOf(measured: readonly Measured[]): BenchRow[] {
  return measured.flatMap(({ fault, linkspan, naive }) => [
    ...columns.flatMap((column) => [
      { figure: `${fault.name}: ${column.title}`, value: pair(linkspan, column) },
      { figure: `  naive, ${naive.length} runs`, value: pair(naive, column) },
    ]),
    ...(fault.aim === undefined ? [] : [aimRow(fault, fault.aim, linkspan)]),
  ]);
}

function aimRow({ name }: Fault, { of, which, atMost }: Aim, runs: readonly Run[]): BenchRow {
  const values = runs.map((run) => orNever(aimed[of](run)));
  const value = which === 'worst' ? worst(values) : percentile(values, 0.5);
  const unit = of === 'missed' ? '' : 'ms';
  return {
    figure: `${name}: ${aimWords[of]} (${which})`,
    value: Number.isFinite(value) ? value : 'never',
    unit,
    aim: `<= ${atMost} ${unit}`.trim(),
    met: value <= atMost,
  };
}

/** The same as a table in Markdown. */
export function tableOf(measured: readonly Measured[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const besides = [whole, missed];
  return [
    line(['fault', ...columns.map(({ title }) => title), ...besides.map(({ title }) => `naive: ${title}`)]),
    line(['---', ...[...columns, ...besides].map(() => '--:')]),
    ...measured.map(({ fault, linkspan, naive }) =>
      line([
        fault.name,
        ...columns.map((column) => pair(linkspan, column)),
        ...besides.map((column) => pair(naive, column)),
      ]),
    ),
  ].join('\n');
}
