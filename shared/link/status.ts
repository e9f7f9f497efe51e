import type { LinkState } from './state.ts';

/** Measured about once a second while the link is live; null where nothing is known yet. */
export interface LinkStats {
  /** WebSocket round trip, milliseconds. */
  rttMs: number | null;
  /** RTP received from the runner, kilobits per second. */
  receivedKbps: number | null;
  /** RTP sent to the runner, kilobits per second. */
  sentKbps: number | null;
  /** Frames per second that the runner says it took in and gave out. */
  runnerFpsIn: number | null;
  runnerFpsOut: number | null;
  /** Of those that it gave out, the ones that showed an earlier picture again. */
  runnerFpsRepeated: number | null;
  /** Mean inference time on the runner, milliseconds. */
  inferenceMs: number | null;
}

/** What the main process pushes to window and tray on every change. */
export interface LinkStatus {
  state: LinkState;
  /** Where the link goes, null while idle and nothing is chosen. Never holds a token. */
  endpoint: { name: string; url: string } | null;
  pipelineId: string | null;
  stats: LinkStats;
}

export const noStats: LinkStats = {
  rttMs: null,
  receivedKbps: null,
  sentKbps: null,
  runnerFpsIn: null,
  runnerFpsOut: null,
  runnerFpsRepeated: null,
  inferenceMs: null,
};
