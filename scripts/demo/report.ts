/** Something that happened, `atMs` milliseconds after the story began. */
export interface DemoEvent {
  atMs: number;
  what: string;
  why: string | null;
}

/** A fault that the demo caused. Times are milliseconds from the fault on; null: that never happened. */
export interface FaultFigures {
  name: string;
  /** Until the app said so. */
  detectedMs: number | null;
  /** Until the picture moved again. */
  recoveredMs: number | null;
  /** Frames that the source gave and the window did not show. */
  framesMissed: number;
}

/** What report.json holds. */
export interface DemoReport {
  ok: boolean;
  runtime: string;
  route: 'cloud';
  pipeline: string;
  /** By the browser's own statistics of the page's connection. */
  framesSent: number;
  /** Counted in the page by requestVideoFrameCallback. */
  framesShown: number;
  /** Whether the change was seen in the output's pixels. */
  parameterApplied: boolean;
  events: DemoEvent[];
  faults: FaultFigures[];
}

/** Why a report is not ok, in words; empty when it is. */
export function shortcomings(report: Omit<DemoReport, 'ok'>): string[] {
  const found: string[] = [];
  if (report.framesSent === 0) found.push('No frame was sent.');
  if (report.framesShown === 0) found.push('No frame was shown.');
  if (!report.parameterApplied) found.push('The changed parameter was not seen in the picture.');
  if (report.faults.length === 0) found.push('No fault was caused.');
  for (const { name, detectedMs, recoveredMs } of report.faults) {
    if (detectedMs === null) found.push(`"${name}" was not noticed.`);
    if (recoveredMs === null) found.push(`After "${name}" the picture did not come back.`);
  }
  return found;
}
