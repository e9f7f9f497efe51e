import type { BrowserWindow } from '../api/browser-window.ts';
import type { WebContents } from '../api/web-contents.ts';

/** All live windows, kept here so that modules which look one up need not import each other in a circle. */
export const liveWindows = new Map<number, BrowserWindow>();
export const liveContents = new Map<number, WebContents>();

export function contentsOfTarget(targetId: string): WebContents | undefined {
  return [...liveContents.values()].find((contents) => contents.targetId === targetId);
}
