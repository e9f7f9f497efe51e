/** One figure of a benchmark. `aim` is what the design asks for, in words; `met` whether this run met it. */
export interface BenchRow {
  figure: string;
  value: number | string;
  unit?: string;
  aim?: string;
  met?: boolean;
}

/** What a benchmark prints as its last line. `raw` holds the runs behind the figures. */
export interface BenchResult {
  title: string;
  rows: BenchRow[];
  raw?: unknown;
}

/** Prints a result where `npm run bench` picks it up. */
export function report(result: BenchResult): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

/** The value below which `share` (0–1) of the samples lie; NaN without samples. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
