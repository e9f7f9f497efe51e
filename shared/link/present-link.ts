import { cureOf } from './cure.ts';
import type { Fault } from './fault.ts';
import { pictureOf } from './picture-of.ts';
import { presentFault } from './present-fault.ts';
import type { LinkState, Stage } from './state.ts';
import { strategyLabels } from './strategy-label.ts';

export type Tone = 'idle' | 'busy' | 'live' | 'warning' | 'error';

export type LinkAction = 'start' | 'stop' | 'retry' | 'edit-endpoint' | 'enter-token' | 'use-local';

export interface LinkPresentation {
  tone: Tone;
  label: string;
  /** Whole sentences; '' when the label says it all. */
  detail: string;
  /** What the user can do about it, the one to offer first in front. Banner, stage and tray offer these and no others. */
  actions: readonly LinkAction[];
}

const stageLabels: Record<Stage, string> = {
  dialling: 'Connecting to the runner',
  waiting: 'Waiting for the runner',
  loading: 'Loading the pipeline',
  negotiating: 'Setting up video',
  'first-frame': 'Waiting for the first picture',
};

const stageDetails: Record<Stage, string> = {
  dialling: '',
  waiting: 'It is connected and getting ready. A cold start can take minutes.',
  loading: 'The runner prepares the model.',
  negotiating: '',
  'first-frame': 'Video is connected.',
};

/**
 * A link state in words. Indicator, banner, tray and tooltip all read this.
 *
 * @param now Epoch milliseconds, for countdowns.
 * @param onScreen Whether the link's own picture is the one to be seen; nothing is said of one that nobody sees.
 */
export function presentLink(state: LinkState, now: number, onScreen = true): LinkPresentation {
  switch (state.phase) {
    case 'idle':
      return { tone: 'idle', label: 'Not connected', detail: '', actions: ['start'] };
    case 'connecting':
      return {
        tone: 'busy',
        label: stageLabels[state.stage],
        detail: stageDetails[state.stage],
        actions: ['stop'],
      };
    case 'live':
      return { tone: 'live', label: 'Live', detail: loading(state.loading), actions: ['stop'] };
    case 'degraded':
      return degraded(state, onScreen);
    case 'recovering':
      return recovering(state, now, onScreen);
    case 'failed':
      return failed(state, now);
    default:
      return state satisfies never;
  }
}

const goesOn = 'The picture goes on meanwhile.';

function degraded(state: Extract<LinkState, { phase: 'degraded' }>, onScreen: boolean): LinkPresentation {
  if (state.reason === 'stalled')
    return {
      tone: 'warning',
      label: onScreen ? 'No new picture is coming' : 'The cloud’s picture stopped',
      detail: sentences(
        onScreen ? 'The last one stays.' : '',
        'If none comes in a moment, video is set up anew; what you change is not lost.',
        loading(state.loading),
      ),
      actions: ['retry', 'use-local', 'stop'],
    };
  return {
    tone: 'warning',
    label: 'The runner is about to stop',
    detail: sentences(
      'Moving to another one before it does.',
      onScreen ? goesOn : '',
      loading(state.loading),
    ),
    actions: ['retry', 'stop'],
  };
}

function recovering(
  state: Extract<LinkState, { phase: 'recovering' }>,
  now: number,
  onScreen: boolean,
): LinkPresentation {
  const attempt = `Attempt ${state.attempt} of ${state.attempts}`;
  return {
    tone: 'warning',
    label: `Remote inference connection lost: ${presentFault(state.fault).title}`,
    detail: sentences(
      `${strategyLabels[state.strategy]}.`,
      `${attempt}${progress(state.nextAttemptAt, state.stage, now)}.`,
      onScreen && pictureOf(state) === 'goes-on' ? goesOn : '',
    ),
    actions: ['retry', 'use-local', 'stop'],
  };
}

function failed(state: Extract<LinkState, { phase: 'failed' }>, now: number): LinkPresentation {
  const { title, advice } = presentFault(state.fault);
  const gaveUp = state.attempts > 0;
  const attempts = `${state.attempts} ${state.attempts === 1 ? 'attempt' : 'attempts'}`;
  return {
    tone: 'error',
    label: gaveUp ? `Reconnection failed after ${attempts}.` : title,
    detail: sentences(
      gaveUp ? `${title}. ${advice}` : advice,
      slowRetry(state.nextAttemptAt, state.stage, now),
    ),
    actions: waysOut(state.fault),
  };
}

const sentences = (...parts: string[]): string => parts.filter((part) => part !== '').join(' ');

const loading = (pipelineId: string | null): string => (pipelineId === null ? '' : `Loading ${pipelineId}.`);

function progress(nextAttemptAt: number | null, stage: Stage | null, now: number): string {
  if (nextAttemptAt !== null) return ` ${timeUntil(nextAttemptAt, now)}`;
  return stage === null ? '' : `: ${stageLabels[stage].toLowerCase()}`;
}

function slowRetry(nextAttemptAt: number | null, stage: Stage | null, now: number): string {
  if (nextAttemptAt !== null) return `Next try ${timeUntil(nextAttemptAt, now)}.`;
  return stage === null ? '' : 'Trying again now.';
}

function timeUntil(at: number, now: number): string {
  const seconds = Math.ceil((at - now) / 1000);
  return seconds > 0 ? `in ${seconds} s` : 'now';
}

/** A retry of what would only be refused again is not offered: the link would not make it. */
function waysOut(fault: Fault): LinkAction[] {
  switch (cureOf(fault)) {
    case 'change':
      return [fault.kind === 'unauthorised' ? 'enter-token' : 'edit-endpoint', 'use-local', 'stop'];
    case 'asking':
      return ['start', 'use-local', 'stop'];
    case 'time':
      return fault.kind === 'not-a-runner' || fault.kind === 'tls'
        ? ['edit-endpoint', 'retry', 'use-local', 'stop']
        : ['retry', 'use-local', 'stop'];
  }
}
