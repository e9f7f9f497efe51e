import { strictModule } from '../core/not-implemented.ts';
import { contentsOfTarget, liveContents } from '../window/live-windows.ts';
import type { WebContents } from './web-contents.ts';

/** `webContents`: finds windows' pages. Playwright uses `fromDevToolsTargetId`. */
export const webContents = strictModule('webContents', {
  getAllWebContents: (): WebContents[] => [...liveContents.values()],
  fromId: (id: number): WebContents | undefined => liveContents.get(id),
  fromDevToolsTargetId: (targetId: string): WebContents | undefined => contentsOfTarget(targetId),
  getFocusedWebContents: (): WebContents | null =>
    [...liveContents.values()].find((contents) => contents.isFocused()) ?? null,
});
