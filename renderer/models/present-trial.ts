import type { Trial } from '../engine/trial.ts';

/** A trial's outcome in words; the tone is that of a callout. */
export interface Verdict {
  tone: 'good' | 'warning';
  title: string;
  detail: string;
}

export function presentTrial({ size: { width, height }, frameMs, realTime }: Trial): Verdict {
  const size = `${width} × ${height}`;
  const ms = frameMs < 10 ? frameMs.toFixed(1) : frameMs.toFixed(0);
  return realTime
    ? { tone: 'good', title: `Real time here at ${size}`, detail: `One frame takes ${ms} ms.` }
    : {
        tone: 'warning',
        title: `Too slow here: ${ms} ms a frame at ${size}`,
        detail: 'It can be added all the same; the picture will jerk.',
      };
}
