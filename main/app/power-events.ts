import type { LinkPhase } from '../../shared/link/state.ts';

/** Electron's `powerMonitor`, as far as we listen to it. */
export interface PowerSource {
  on(event: 'suspend' | 'resume' | 'unlock-screen', listener: () => void): unknown;
}

export interface PowerTargets {
  phase(): LinkPhase;
  /** The system slept. */
  awake(): void;
  note(text: string): void;
}

/**
 * After sleep no open socket proves anything, and the network is back before any timer of ours is.
 *
 * Unlocking the screen (told on macOS and Windows only) comes with most wake-ups, sometimes without `resume`. But a
 * screen is also locked and unlocked while everything runs: a link that is up proves by its heartbeat that it is,
 * and one that is being made is at work already, so only one that waits for its next attempt is told.
 */
export function followPower(monitor: PowerSource, targets: PowerTargets): void {
  monitor.on('suspend', () => targets.note('the system goes to sleep'));
  monitor.on('resume', () => {
    targets.note('the system woke up');
    targets.awake();
  });
  monitor.on('unlock-screen', () => {
    const phase = targets.phase();
    if (phase !== 'recovering' && phase !== 'failed') return;
    targets.note('the screen was unlocked');
    targets.awake();
  });
}
