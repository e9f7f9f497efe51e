import { appOrigin } from '../security/app-origin.ts';

/** What the door looks at of Electron's `WebFrameMain`. */
export interface SenderFrame {
  /** Serialised origin; `null` as text for a sandboxed or opaque one. */
  readonly origin: string;
  readonly parent: object | null;
}

/** Whether a message comes from the top frame of our page. A frame that is gone has no sender. */
export function isOwnPage(frame: SenderFrame | null): boolean {
  return frame !== null && frame.parent === null && frame.origin === appOrigin;
}
