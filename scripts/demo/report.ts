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
  /** Until the link was whole and a picture shown. */
  recoveredMs: number | null;
  /** Longest time until then without a new picture. */
  pictureStoodMs: number;
  /** Frames that the window did not show, of as many as before the fault. */
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
  /** The same for a change that was made while there was no runner. */
  parameterKept: boolean;
  events: DemoEvent[];
  faults: FaultFigures[];
}

/** Why a report is not ok, in words; empty when it is. */
export function shortcomings(report: Omit<DemoReport, 'ok'>): string[] {
  const found: string[] = [];
  if (report.framesSent === 0) found.push('No frame was sent.');
  if (report.framesShown === 0) found.push('No frame was shown.');
  if (!report.parameterApplied) found.push('The changed parameter was not seen in the picture.');
  if (!report.parameterKept)
    found.push('What was changed during the outage was not seen in the picture after it.');
  if (report.faults.length === 0) found.push('No fault was caused.');
  for (const { name, detectedMs, recoveredMs } of report.faults) {
    if (detectedMs === null) found.push(`"${name}" was not noticed.`);
    if (recoveredMs === null) found.push(`After "${name}" the picture did not come back.`);
  }
  return found;
}
