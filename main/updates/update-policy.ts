import type { LinkPhase } from '../../shared/link/state.ts';

export interface UpdateSurroundings {
  isPackaged: boolean;
  /** Whether the package names a place that updates come from; the stand-in's packages never do. */
  hasPublishConfig: boolean;
}

/** Whether this build can be updated at all (S14). */
export const canUpdate = ({ isPackaged, hasPublishConfig }: UpdateSurroundings): boolean =>
  isPackaged && hasPublishConfig;

/** Whether the app may restart for an update now: never while a picture runs or is being won back. */
export const mayRestart = (phase: LinkPhase): boolean => phase === 'idle' || phase === 'failed';

/** How electron-updater is set: nothing is loaded, installed or downgraded unless the user asked for it. */
export const updaterSettings = {
  autoDownload: false,
  autoInstallOnAppQuit: false,
  autoRunAppAfterInstall: true,
  allowDowngrade: false,
  allowPrerelease: false,
} as const;
