const unknown = '–';

/** Frames per second, whole. */
export function formatFps(fps: number | null): string {
  return fps === null ? unknown : `${Math.round(fps)} fps`;
}

/** Milliseconds; a decimal below ten, where it still says something. */
export function formatMs(ms: number | null): string {
  if (ms === null) return unknown;
  return `${ms < 9.95 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

/** A bit rate given in kilobits per second, in megabits from a thousand up. */
export function formatRate(kbps: number | null): string {
  if (kbps === null) return unknown;
  return kbps < 1000 ? `${Math.round(kbps)} kbps` : `${(kbps / 1000).toFixed(1)} Mbps`;
}
