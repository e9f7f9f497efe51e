import type { CommandLine } from 'electron';
import path from 'node:path';

/** Chromium switches the app needs, each with its reason. Set before `ready`; later is too late. */
const switches: readonly { name: string; value?: string }[] = [
  // The page's peer connection ends in main, on 127.0.0.1; without this Chromium gathers no loopback candidate.
  { name: 'allow-loopback-in-peer-connection' },
  // A window that is hidden, covered or in the tray goes on sending at full rate.
  { name: 'disable-renderer-backgrounding' },
  { name: 'disable-background-timer-throttling' },
  { name: 'disable-backgrounding-occluded-windows' },
];

/** On Wayland a screen can only be captured by way of PipeWire and the desktop's portal. */
const waylandFeature = 'WebRTCPipeWireCapturer';

export function applySwitches(commandLine: Pick<CommandLine, 'appendSwitch'>, platform: string): void {
  for (const { name, value } of switches) commandLine.appendSwitch(name, value);
  if (platform === 'linux') commandLine.appendSwitch('enable-features', waylandFeature);
}

/**
 * The folder that `--user-data-dir` names, for a second profile; null without the switch. Electron takes it
 * for Chromium's own files only.
 */
export function userDataFolder(commandLine: Pick<CommandLine, 'getSwitchValue'>, cwd: string): string | null {
  const folder = commandLine.getSwitchValue('user-data-dir');
  return folder === '' ? null : path.resolve(cwd, folder);
}
