import type { LinkPhase } from '../../shared/link/state.ts';

/** Electron's `powerMonitor`, as far as we listen to it. */
export interface PowerSource {
  on(event: 'suspend' | 'resume', listener: () => void): unknown;
}

export interface PowerTargets {
  phase(): LinkPhase;
  retry(): void;
  note(text: string): void;
}

/** After sleep the network is back before any timer of ours is: a link that waits tries again at once. */
export function followPower(monitor: PowerSource, targets: PowerTargets): void {
  monitor.on('suspend', () => targets.note('the system goes to sleep'));
  monitor.on('resume', () => {
    targets.note('the system woke up');
    const phase = targets.phase();
    if (phase === 'recovering' || phase === 'failed') targets.retry();
  });
}
