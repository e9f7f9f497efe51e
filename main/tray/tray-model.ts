import { presentBridge } from '../../shared/bridge/present-bridge.ts';
import { isMadeHere, type Shown } from '../../shared/bridge/shown.ts';
import type { LinkAction, Tone } from '../../shared/link/present-link.ts';
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
 * What the tray shows of link and picture, in the words that the window uses too.
 *
 * @param shown Which picture is on the window's output.
 * @param endpointName Of the endpoint in force, also while nothing runs; null when there is none.
 * @param now Epoch milliseconds, for countdowns.
 */
export function trayModel(
  status: LinkStatus,
  shown: Shown,
  endpointName: string | null,
  now: number,
): TrayModel {
  const { state, stats } = status;
  const { tone, label, detail, actions } = presentBridge(state, shown, now);
  const name = status.endpoint?.name ?? endpointName;
  return {
    icon: icons[tone],
    tooltip: ['Linkspan', label, detail].filter((part) => part !== '').join('\n'),
    lines: [
      { kind: 'text', id: 'state', label },
      ...(detail === '' ? [] : [{ kind: 'text', id: 'detail', label: detail } as const]),
      { kind: 'text', id: 'route', label: route(status, shown, name) },
      { kind: 'text', id: 'round-trip', label: `Round trip: ${roundTrip(stats.rttMs)}` },
      { kind: 'separator' },
      startOrStop(status, shown),
      again(state.phase === 'idle' ? [] : actions),
      { kind: 'separator' },
      { kind: 'action', action: 'show', label: 'Show Linkspan', enabled: true },
      { kind: 'action', action: 'quit', label: 'Quit Linkspan', enabled: true },
    ],
  };
}

function route({ state }: LinkStatus, shown: Shown, name: string | null): string {
  const cloud = name === null ? 'no runner chosen' : `cloud, ${name}`;
  if (!isMadeHere(shown)) return name === null ? 'No runner chosen' : `Route: ${cloud}`;
  return state.phase === 'idle' ? 'Route: local, this computer' : `Route: local for now (${cloud})`;
}

/** Whatever makes the picture is started and stopped as one; without an endpoint this computer does. */
function startOrStop({ state }: LinkStatus, shown: Shown): TrayLine {
  return state.phase === 'idle' && !isMadeHere(shown)
    ? { kind: 'action', action: 'start', label: 'Start', enabled: true }
    : { kind: 'action', action: 'stop', label: 'Stop', enabled: true };
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
