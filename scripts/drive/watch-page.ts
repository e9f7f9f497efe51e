import type { Page } from 'playwright';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import type { LinkState } from '../../shared/link/state.ts';
import type { TimelineEntry } from '../../shared/link/timeline.ts';

/** What happened in the window since the watch began. All times are epoch milliseconds. */
export interface PageRecord {
  /** When each presented frame of the output was seen. */
  frameTimes: number[];
  /** Frames presented, by Chromium's own count: a callback may stand for more than one. */
  framesShown: number;
  phases: { at: number; phase: LinkState['phase'] }[];
  timeline: TimelineEntry[];
}

type Watched = Window & { bridge: Bridge; linkspanWatch?: PageRecord };

/** Starts to record frames and link states. What happened before is not in the record. */
export async function watchPage(page: Page): Promise<void> {
  await page.getByTestId('output-video').waitFor({ state: 'attached' });
  await page.evaluate(() => {
    const video = document.querySelector<HTMLVideoElement>('[data-testid="output-video"]');
    if (!video) throw new Error('The window has no output video.');
    const record: PageRecord = { frameTimes: [], framesShown: 0, phases: [], timeline: [] };
    const watched = window as unknown as Watched;
    watched.linkspanWatch = record;
    let last = 0;
    const count: VideoFrameRequestCallback = (now, { presentedFrames }) => {
      record.frameTimes.push(performance.timeOrigin + now);
      record.framesShown += last > 0 && presentedFrames > last ? presentedFrames - last : 1;
      last = presentedFrames;
      video.requestVideoFrameCallback(count);
    };
    video.requestVideoFrameCallback(count);
    watched.bridge.onLinkStatus(({ state }) => {
      if (record.phases.at(-1)?.phase !== state.phase)
        record.phases.push({ at: Date.now(), phase: state.phase });
    });
    watched.bridge.onTimeline((entry) => record.timeline.push(entry));
  });
}

/** The record so far. */
export async function readRecord(page: Page): Promise<PageRecord> {
  return page.evaluate(() => {
    const record = (window as unknown as Watched).linkspanWatch;
    if (!record) throw new Error('Nobody watches this page.');
    return record;
  });
}
