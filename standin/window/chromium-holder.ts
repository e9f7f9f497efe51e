import type { ChromiumProcess } from '../chromium/chromium-process.ts';

let current: ChromiumProcess | null = null;

/** The running Chromium, set by boot just before `ready`. */
export function holdChromium(process: ChromiumProcess): void {
  current = process;
}

export function hasChromium(): boolean {
  return current !== null;
}

/** @throws {Error} Before the app is ready. */
export function chromium(): ChromiumProcess {
  if (!current) throw new Error('stand-in: Chromium has not been started; wait for app.whenReady()');
  return current;
}
