import type { Fault } from './fault.ts';
import { failedPart, type Part } from './part.ts';
import { pictureOf } from './picture-of.ts';
import { presentFault } from './present-fault.ts';
import type { Tone } from './present-link.ts';
import type { LinkState, Stage } from './state.ts';
import type { LinkStats, LinkStatus } from './status.ts';

export interface PartPresentation {
  part: Part;
  tone: Tone;
  /** A word or two that stand alone. */
  label: string;
  /** What else is known, in a clause or sentence. */
  detail?: string;
}

type Words = Omit<PartPresentation, 'part'>;
type Recovering = Extract<LinkState, { phase: 'recovering' }>;

/** The link's parts, each in words, in the order in which they depend on each other: always these four. */
export function presentParts(status: LinkStatus): PartPresentation[] {
  return [
    { part: 'route', ...route(status) },
    { part: 'signalling', ...signalling(status) },
    { part: 'media', ...media(status) },
    { part: 'inference', ...inference(status) },
  ];
}

function route({ state, endpoint }: LinkStatus): Words {
  if (endpoint === null) return { tone: 'idle', label: 'None', detail: 'No runner is chosen' };
  const named = { label: `Cloud, ${endpoint.name}`, detail: endpoint.url };
  switch (state.phase) {
    case 'idle':
      return { tone: 'idle', ...named };
    case 'connecting':
      return { tone: 'busy', ...named };
    case 'live':
      return { tone: 'live', ...named };
    case 'degraded':
      return { tone: state.reason === 'leaving' ? 'warning' : 'live', ...named };
    case 'recovering':
      // As long as either half of the link stands, so does the way there.
      return { tone: keepsSignalling(state) || state.media === 'flowing' ? 'live' : 'busy', ...named };
    case 'failed':
      return { tone: toneOfFailure('route', state.fault), ...named };
    default:
      return state satisfies never;
  }
}

function signalling({ state, stats }: LinkStatus): Words {
  switch (state.phase) {
    case 'idle':
      return { tone: 'idle', label: 'Off' };
    case 'connecting':
      return dialling(state.stage, 'Dialling');
    case 'live':
    case 'degraded':
      return connected(stats);
    case 'recovering':
      if (keepsSignalling(state)) return connected(stats);
      if (state.stage !== null) return dialling(state.stage, 'Dialling again');
      return { tone: 'warning', label: 'Lost', detail: presentFault(state.fault).title };
    case 'failed':
      if (state.stage !== null) return dialling(state.stage, 'Dialling again');
      return {
        tone: toneOfFailure('signalling', state.fault),
        label: 'Off',
        detail: presentFault(state.fault).title,
      };
    default:
      return state satisfies never;
  }
}

function media({ state, stats }: LinkStatus): Words {
  switch (pictureOf(state)) {
    case 'live':
      return {
        tone: 'live',
        label: 'Flowing',
        ...(stats.receivedKbps !== null && { detail: `${Math.round(stats.receivedKbps)} kbps received` }),
      };
    case 'goes-on':
      return {
        tone: 'warning',
        label: 'Goes on for now',
        detail: 'The runner keeps the session for a while without signalling',
      };
    case 'last':
    case 'none':
      break;
  }
  const stage = stageOf(state);
  if (stage === 'negotiating') return { tone: 'busy', label: 'Setting up' };
  if (stage === 'first-frame') return { tone: 'busy', label: 'Waiting for a picture' };
  if (state.phase === 'degraded')
    return { tone: 'warning', label: 'Stalled', detail: 'No new picture comes' };
  if (state.phase === 'recovering') return { tone: 'warning', label: 'Stopped' };
  return { tone: state.phase === 'failed' ? toneOfFailure('media', state.fault) : 'idle', label: 'None' };
}

function inference(status: LinkStatus): Words {
  const { state, pipelineId, stats } = status;
  switch (state.phase) {
    case 'live':
    case 'degraded':
      return state.loading === null ? running(stats) : loading(state.loading);
    case 'idle':
    case 'connecting':
    case 'recovering':
    case 'failed':
      break;
    default:
      state satisfies never;
  }
  if (stageOf(state) === 'loading') return loading(pipelineId);
  if (pictureOf(state) === 'goes-on')
    return { tone: 'idle', label: 'Unknown', detail: 'Nothing is heard of it without signalling' };
  return { tone: state.phase === 'failed' ? toneOfFailure('inference', state.fault) : 'idle', label: 'None' };
}

function running({ runnerFpsIn, runnerFpsOut, inferenceMs }: LinkStats): Words {
  if (runnerFpsIn !== null && runnerFpsIn > 0 && runnerFpsOut === 0)
    return { tone: 'warning', label: 'Stuck', detail: 'The runner takes frames in, but gives none out' };
  if (inferenceMs === null && runnerFpsOut === null)
    return { tone: 'idle', label: 'Unknown', detail: 'The runner has told no figures yet' };
  return {
    tone: 'live',
    label: inferenceMs === null ? 'Running' : `Running, ${shortMs(inferenceMs)}`,
    ...(runnerFpsOut !== null && { detail: `${Math.round(runnerFpsOut)} frames a second` }),
  };
}

const loading = (pipelineId: string | null): Words => ({
  tone: 'busy',
  label: pipelineId === null ? 'Loading' : `Loading ${pipelineId}`,
});

const connected = ({ rttMs }: LinkStats): Words => ({
  tone: 'live',
  label: 'Connected',
  ...(rttMs !== null && { detail: `Round trip ${shortMs(rttMs)}` }),
});

function dialling(stage: Stage, label: string): Words {
  if (stage === 'dialling') return { tone: 'busy', label };
  if (stage === 'waiting')
    return { tone: 'busy', label: 'Waiting for the runner', detail: 'It is connected and getting ready' };
  return { tone: 'live', label: 'Connected' };
}

/** A rebuild is made over the socket that is there. */
const keepsSignalling = ({ strategy }: Recovering): boolean => strategy === 'rebuild';

const stageOf = (state: LinkState): Stage | null => ('stage' in state ? state.stage : null);

const shortMs = (ms: number): string => `${ms < 9.95 ? ms.toFixed(1) : Math.round(ms)} ms`;

function toneOfFailure(part: Part, fault: Fault): Tone {
  return part === failedPart(fault) ? 'error' : 'idle';
}
