import { presentLink, type LinkPresentation } from '../link/present-link.ts';
import type { LinkState } from '../link/state.ts';
import { hasStoppedHere, isMadeHere, missedBecause, type Shown } from './shown.ts';

/**
 * The app's one status in words: the link, and which picture is on the output. Indicator, banner, announcement and
 * tray all read this.
 *
 * @param now Epoch milliseconds, for countdowns.
 */
export function presentBridge(state: LinkState, shown: Shown, now: number): LinkPresentation {
  const link = presentLink(state, now, !isMadeHere(shown));
  const missed = missedBecause(shown);
  // The link is up, and still what is on screen is no new picture of its own: that is no "Live".
  if (state.phase === 'live' && missed !== null)
    return {
      tone: 'warning',
      label: missed === 'stuck' ? 'The cloud repeats one picture' : 'The cloud’s picture stopped',
      detail: shown.kind === 'local' ? meanwhileOf(shown) : 'It stays until the cloud makes a new one.',
      actions: ['use-local', 'stop'],
    };
  if (hasStoppedHere(shown)) return stoppedHere(link, state);
  if (shown.kind !== 'local') return link;
  // As chosen: whatever the link still says, it is on its way out.
  if (shown.because === 'chosen')
    return {
      tone: 'live',
      label: 'Local',
      detail: 'The picture is made on this computer. Nothing is sent anywhere.',
      actions: ['stop'],
    };
  const meanwhile = meanwhileOf(shown);
  if (state.phase === 'idle') return { tone: 'live', label: 'Local', detail: meanwhile, actions: ['stop'] };
  if (state.phase === 'live')
    return {
      tone: 'busy',
      label: 'Waiting for the cloud’s picture',
      detail: meanwhile,
      actions: ['use-local', 'stop'],
    };
  return { ...link, detail: link.detail === '' ? meanwhile : `${link.detail} ${meanwhile}` };
}

/** This computer's picture stands still: a link that is on its way, or lost, is told of first. */
function stoppedHere(link: LinkPresentation, { phase }: LinkState): LinkPresentation {
  const stays = 'This computer’s picture stopped; its last one stays until there is a new one.';
  if (phase === 'idle' || phase === 'live')
    return { tone: 'warning', label: 'This computer’s picture stopped', detail: stays, actions: ['stop'] };
  return { ...link, detail: link.detail === '' ? stays : `${link.detail} ${stays}` };
}

function meanwhileOf({ because }: Extract<Shown, { kind: 'local' }>): string {
  switch (because) {
    case 'chosen':
    case 'before-cloud':
      return 'Until the cloud’s picture is there, this computer makes it.';
    case 'silent':
    case 'stuck':
      return 'Meanwhile this computer makes the picture; the cloud’s returns once it is steady.';
    default:
      return because satisfies never;
  }
}

/** What stands on the picture: which one it is, and why where that is not plain. */
export function shownLabel(shown: Shown): { route: string; why: string } | null {
  switch (shown.kind) {
    case 'none':
      return null;
    case 'cloud':
      return { route: 'Cloud', why: '' };
    case 'held':
      return { route: 'Last picture', why: heldWhy[shown.because] };
    case 'local':
      return { route: 'Local', why: localWhy[shown.because] };
    default:
      return shown satisfies never;
  }
}

const stoppedWhy = {
  silent: 'the cloud’s picture stopped',
  stuck: 'the cloud repeats one picture',
};

const heldWhy: Record<Extract<Shown, { kind: 'held' }>['because'], string> = {
  ...stoppedWhy,
  engine: 'this computer’s picture stopped',
};
const localWhy: Record<Extract<Shown, { kind: 'local' }>['because'], string> = {
  chosen: '',
  'before-cloud': 'until the cloud is there',
  ...stoppedWhy,
};
