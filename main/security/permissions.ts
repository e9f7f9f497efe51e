import { isAppOrigin } from './app-origin.ts';

/** What Chromium says about one permission that a page asks for. */
export interface PermissionQuestion {
  permission: string;
  /** Origin or address of the asking frame; '' when Chromium does not know. */
  origin: string;
  isMainFrame: boolean;
  /** Kinds of media, for `media` and `display-capture`. */
  media: readonly string[];
}

/** The permissions our page has, each with the reason. What is not listed is denied. */
const granted: Readonly<Record<string, string>> = {
  media: 'the camera is a source; the microphone is not captured',
  'display-capture': 'a screen or window is a source; the user picks which',
  fullscreen: 'the output fills the screen on the user’s gesture',
  // Chromium asks for these before a page may reach 127.0.0.1, where main's end of the picture listens.
  'local-network-access': 'the page’s peer connection ends in main, on loopback',
  'local-network': 'the same, under the name that newer Chromium gives it',
  'loopback-network': 'the same, for loopback alone',
};

/** The answer to request and check alike: our origin's top frame, what is listed, and never sound. */
export function mayUse(question: PermissionQuestion): boolean {
  if (!Object.hasOwn(granted, question.permission)) return false;
  if (!question.isMainFrame || !isAppOrigin(question.origin)) return false;
  return !(question.permission === 'media' && question.media.includes('audio'));
}
