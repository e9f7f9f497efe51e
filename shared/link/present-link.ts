import { cureOf } from './cure.ts';
import type { Fault } from './fault.ts';
import { presentFault } from './present-fault.ts';
import type { LinkState, Stage } from './state.ts';

export type Tone = 'idle' | 'busy' | 'live' | 'warning' | 'error';

/** The one thing to offer first; "Stop" is possible in every state but idle. */
export type LinkAction = 'start' | 'stop' | 'retry' | 'edit-endpoint' | 'enter-token';

export interface LinkPresentation {
  tone: Tone;
  label: string;
  /** '' when the label says it all. */
  detail: string;
  action: LinkAction | null;
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
 */
export function presentLink(state: LinkState, now: number): LinkPresentation {
  switch (state.phase) {
    case 'idle':
      return { tone: 'idle', label: 'Not connected', detail: '', action: 'start' };
    case 'connecting':
      return {
        tone: 'busy',
        label: stageLabels[state.stage],
        detail: stageDetails[state.stage],
        action: 'stop',
      };
    case 'live':
      return {
        tone: 'live',
        label: 'Live',
        detail: state.loading === null ? '' : `Loading ${state.loading}`,
        action: 'stop',
      };
    case 'recovering':
      return {
        tone: 'warning',
        label: `Remote inference connection lost: ${presentFault(state.fault).title}`,
        detail: `Attempt ${state.attempt} of ${state.attempts}${progress(state.nextAttemptAt, state.stage, now)}`,
        action: state.nextAttemptAt === null ? 'stop' : 'retry',
      };
    case 'failed':
      return failed(state, now);
    default:
      return state satisfies never;
  }
}

function failed(state: Extract<LinkState, { phase: 'failed' }>, now: number): LinkPresentation {
  const { title, advice } = presentFault(state.fault);
  const gaveUp = state.attempts > 0;
  const attempts = `${state.attempts} ${state.attempts === 1 ? 'attempt' : 'attempts'}`;
  const parts = [gaveUp ? `${title}. ${advice}` : advice, slowRetry(state.nextAttemptAt, state.stage, now)];
  return {
    tone: 'error',
    label: gaveUp ? `Reconnection failed after ${attempts}.` : title,
    detail: parts.filter((part) => part !== '').join(' '),
    action: wayOut(state.fault),
  };
}

function progress(nextAttemptAt: number | null, stage: Stage | null, now: number): string {
  if (nextAttemptAt !== null) return ` in ${secondsUntil(nextAttemptAt, now)} s`;
  return stage === null ? '' : `: ${stageLabels[stage].toLowerCase()}`;
}

function slowRetry(nextAttemptAt: number | null, stage: Stage | null, now: number): string {
  if (nextAttemptAt !== null) return `Next try in ${secondsUntil(nextAttemptAt, now)} s.`;
  return stage === null ? '' : 'Trying again now.';
}

const secondsUntil = (at: number, now: number): number => Math.max(0, Math.ceil((at - now) / 1000));

function wayOut(fault: Fault): LinkAction {
  if (fault.kind === 'unauthorised') return 'enter-token';
  if (fault.kind === 'invalid-endpoint' || fault.kind === 'not-a-runner' || fault.kind === 'tls')
    return 'edit-endpoint';
  return cureOf(fault) === 'asking' ? 'start' : 'retry';
}
