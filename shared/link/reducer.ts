import { pictured, progressed, resumed, resumeRefused, type Attempting } from './arrive.ts';
import * as on from './commands.ts';
import { cureOf } from './cure.ts';
import { attemptFailed, baseOf, giveUp, plan } from './episode.ts';
import type { MachineEffect } from './effect.ts';
import type { EventOf, MachineEvent, Report } from './event.ts';
import {
  dueAt,
  held,
  noAbilities,
  nothingSpent,
  type Episode,
  type LinkMachine,
  type MachineIn,
} from './machine.ts';
import { presentFault } from './present-fault.ts';
import { legWhileRecovering, socketDownToo, wakeRecovering } from './recover.ts';
import type { LinkPolicy } from './retry-policy.ts';
import { after, endAttempt, stay, tell, type Transition } from './transition.ts';
import * as up from './up.ts';

/**
 * The link's rules: `(state, event) → { state, effects }`, pure.
 *
 * A first connection that fails is shown at once and then tried slowly, because the likeliest cause is a wrong
 * address or a runner that is not there, and a countdown would only hide it. A link that was live, or that was
 * started with nobody watching (`onFailure: 'retry'`), recovers by the policy.
 */
export function createReducer(policy: LinkPolicy): (machine: LinkMachine, event: MachineEvent) => Transition {
  return (machine, event) => {
    const { state, effects } = react(machine, event, policy);
    const due = dueAt(state);
    return due === dueAt(machine)
      ? { state, effects }
      : { state, effects: [...effects, { type: 'wake', at: due }] };
  };
}

function react(machine: LinkMachine, event: MachineEvent, policy: LinkPolicy): Transition {
  switch (event.type) {
    case 'start':
      return on.start(machine, event, policy);
    case 'stop':
      return on.stop(machine);
    case 'retry':
      return on.retry(machine, event, policy);
    case 'nudge':
      return on.nudge(machine, event, policy);
    case 'wake':
      return event.due === dueAt(machine) ? wake(machine, event, policy) : stay(machine);
    default:
      return report(machine, event, policy);
  }
}

function wake(machine: LinkMachine, event: EventOf<'wake'>, policy: LinkPolicy): Transition {
  switch (machine.phase) {
    case 'live':
      return stay({ ...machine, budget: { spent: nothingSpent, restoredAt: null } });
    case 'degraded':
      return up.wakeDegraded(machine, event, policy);
    case 'recovering':
      return wakeRecovering(machine, event, policy);
    case 'failed':
      return on.trySlowly(machine, event);
    case 'idle':
    case 'connecting':
      return stay(machine);
    default:
      return machine satisfies never;
  }
}

/** News of a socket, a peer connection or an attempt. Of one that the state does not hold it is late, and no news. */
function report(machine: LinkMachine, event: Extract<MachineEvent, Report>, policy: LinkPolicy): Transition {
  const { socket, leg, attempt: step } = held(machine);
  switch (event.type) {
    case 'stage':
    case 'ready':
    case 'offered':
      return event.generation === step ? stay(progressed(machine, event)) : stay(machine);
    case 'picture':
    case 'resumed':
    case 'resume-refused':
      return event.generation === step ? arrived(machine as Attempting, event, policy) : stay(machine);
    case 'down':
      if (event.generation === step) return attemptDown(machine as Attempting, event, policy);
      return event.generation === socket ? socketDown(machine, event, policy) : stay(machine);
    case 'media-down':
    case 'stalled':
    case 'flowing':
      return event.generation === leg ? legNews(machine, event, policy) : stay(machine);
    case 'goaway':
    case 'loaded':
    case 'load-refused':
      return event.generation === socket ? socketNews(machine, event, policy) : stay(machine);
    default:
      return event satisfies never;
  }
}

function arrived(
  machine: Attempting,
  event: EventOf<'picture'> | EventOf<'resumed'> | EventOf<'resume-refused'>,
  policy: LinkPolicy,
): Transition {
  switch (event.type) {
    case 'picture':
      return pictured(machine, event, policy);
    case 'resumed':
      return resumed(machine, event, policy);
    case 'resume-refused':
      return resumeRefused(machine, event, policy);
    default:
      return event satisfies never;
  }
}

function attemptDown(machine: Attempting, event: EventOf<'down'>, policy: LinkPolicy): Transition {
  const { fault, hopeless = false } = event;
  switch (machine.phase) {
    case 'connecting':
      return firstFailed(machine, event, policy);
    case 'live':
      return up.secondFailed(machine, fault, event);
    case 'degraded':
      return up.besideFailed(machine, fault, event, policy);
    case 'recovering':
      return attemptFailed(machine, fault, hopeless, event, policy);
    case 'failed':
      return on.failAgain(machine, fault, event, policy);
    default:
      return machine satisfies never;
  }
}

/** What fed the page before leads nowhere now: its session ended when the user chose to go elsewhere. */
function firstFailed(
  machine: MachineIn<'connecting'>,
  event: EventOf<'down'>,
  policy: LinkPolicy,
): Transition {
  const { fault, at } = event;
  if (machine.onFailure === 'show' || cureOf(fault) !== 'time') return giveUp(machine, fault, event, policy);
  const { socket, leg, step } = machine;
  const isLost = socket !== null && event.generation === socket;
  const effects: MachineEffect[] = [
    ...endAttempt(machine),
    ...(isLost ? [{ type: 'hang-up', generation: socket, how: 'cut' } as const] : []),
    ...(leg === null ? [] : [{ type: 'close-leg', generation: leg.generation } as const]),
  ];
  const episode: Episode = {
    fault,
    since: at,
    endsAt: at + policy.episodeMs,
    spent: nothingSpent,
    socket: isLost ? null : socket,
    leg: null,
    can: socket === null ? noAbilities : step.can,
    lostAt: at,
    leaving: false,
  };
  return after(effects, plan(baseOf(machine), episode, fault, event, policy));
}

function socketDown(machine: LinkMachine, event: EventOf<'down'>, policy: LinkPolicy): Transition {
  switch (machine.phase) {
    case 'live':
    case 'degraded':
      return up.loseSocket(machine, event.fault, event, policy);
    case 'connecting':
      return firstFailed(machine, event, policy);
    case 'recovering':
      return socketDownToo(machine, event, policy);
    case 'idle':
    case 'failed':
      return stay(machine);
    default:
      return machine satisfies never;
  }
}

function legNews(
  machine: LinkMachine,
  event: EventOf<'media-down'> | EventOf<'stalled'> | EventOf<'flowing'>,
  policy: LinkPolicy,
): Transition {
  switch (machine.phase) {
    case 'live':
      if (event.type === 'media-down') return up.loseMedia(machine, event.fault, event, policy);
      return event.type === 'stalled' ? up.stall(machine, event, policy) : stay(machine);
    case 'degraded':
      if (event.type === 'media-down') return up.loseMedia(machine, event.fault, event, policy);
      if (event.type === 'flowing') return up.flow(machine, event, policy);
      if (machine.reason === 'stalled') return stay(machine);
      return up.stopWhileLeaving(machine, { kind: 'media-stalled', silentMs: event.silentMs }, event, policy);
    case 'recovering':
      return legWhileRecovering(machine, event, policy);
    case 'connecting':
      return event.type === 'media-down'
        ? { state: { ...machine, leg: null }, effects: [{ type: 'close-leg', generation: event.generation }] }
        : stay(machine);
    case 'idle':
    case 'failed':
      return stay(machine);
    default:
      return machine satisfies never;
  }
}

function socketNews(
  machine: LinkMachine,
  event: EventOf<'goaway'> | EventOf<'loaded'> | EventOf<'load-refused'>,
  policy: LinkPolicy,
): Transition {
  if (machine.phase !== 'live' && machine.phase !== 'degraded') return stay(machine);
  if (event.type === 'goaway') {
    const isLeaving = machine.phase === 'degraded' && machine.reason === 'leaving';
    return isLeaving ? stay(machine) : up.leave(machine, event, policy);
  }
  return machine.loading === event.pipelineId ? loadSettled(machine, event) : stay(machine);
}

function loadSettled(
  machine: MachineIn<'live' | 'degraded'>,
  event: EventOf<'loaded'> | EventOf<'load-refused'>,
): Transition {
  const state = { ...machine, loading: null };
  if (event.type === 'loaded') return { state, effects: [tell(`Pipeline ${event.pipelineId} runs`)] };
  const { title } = presentFault(event.fault);
  const text = `Pipeline ${event.pipelineId} could not be loaded: ${title}. The previous one goes on.`;
  return {
    state,
    effects: [tell(`Pipeline ${event.pipelineId} could not be loaded`, title), { type: 'notice', text }],
  };
}
