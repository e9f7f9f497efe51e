import { presentLink, type LinkAction, type Tone } from '../../shared/link/present-link.ts';
import type { LinkStatus } from '../../shared/link/status.ts';

/** One drawing each; `scripts/icons.ts` makes them. */
export type TrayIcon = 'idle' | 'connecting' | 'live' | 'warning' | 'failed';

export type TrayAction = 'start' | 'stop' | 'retry' | 'show' | 'quit';

export type TrayLine =
  | { kind: 'text'; id: 'state' | 'detail' | 'route' | 'round-trip'; label: string }
  | { kind: 'action'; action: TrayAction; label: string; enabled: boolean }
  | { kind: 'separator' };

/** Everything the tray shows. Plain values, so that it can be compared and read by tests. */
export interface TrayModel {
  icon: TrayIcon;
  tooltip: string;
  lines: TrayLine[];
}

const icons: Record<Tone, TrayIcon> = {
  idle: 'idle',
  busy: 'connecting',
  live: 'live',
  warning: 'warning',
  error: 'failed',
};

/**
 * What the tray shows of the link, in the words that the window uses too.
 *
 * @param endpointName Of the endpoint in force, also while nothing runs; null when there is none.
 * @param now Epoch milliseconds, for countdowns.
 */
export function trayModel(status: LinkStatus, endpointName: string | null, now: number): TrayModel {
  const { state, stats } = status;
  const { tone, label, detail, actions } = presentLink(state, now);
  const name = status.endpoint?.name ?? endpointName;
  return {
    icon: icons[tone],
    tooltip: ['Linkspan', label, detail].filter((part) => part !== '').join('\n'),
    lines: [
      { kind: 'text', id: 'state', label },
      ...(detail === '' ? [] : [{ kind: 'text', id: 'detail', label: detail } as const]),
      { kind: 'text', id: 'route', label: name === null ? 'No endpoint chosen' : `Route: cloud, ${name}` },
      { kind: 'text', id: 'round-trip', label: `Round trip: ${roundTrip(stats.rttMs)}` },
      { kind: 'separator' },
      state.phase === 'idle'
        ? { kind: 'action', action: 'start', label: 'Connect', enabled: name !== null }
        : { kind: 'action', action: 'stop', label: 'Disconnect', enabled: true },
      again(state.phase === 'idle' ? [] : actions),
      { kind: 'separator' },
      { kind: 'action', action: 'show', label: 'Show Linkspan', enabled: true },
      { kind: 'action', action: 'quit', label: 'Quit Linkspan', enabled: true },
    ],
  };
}

/** What the runner ended for good is started anew, not tried again. */
function again(actions: readonly LinkAction[]): TrayLine {
  if (actions.includes('start'))
    return { kind: 'action', action: 'start', label: 'Start again', enabled: true };
  return { kind: 'action', action: 'retry', label: 'Retry now', enabled: actions.includes('retry') };
}

/** In steps of 5 ms above 10: a menu that changes every second closes under the pointer on Linux. */
function roundTrip(rttMs: number | null): string {
  if (rttMs === null) return '–';
  return rttMs < 10 ? `${Math.round(rttMs)} ms` : `${Math.round(rttMs / 5) * 5} ms`;
}
