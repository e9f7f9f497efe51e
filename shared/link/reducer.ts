import { cureOf } from './cure.ts';
import type { MachineEvent, Report } from './event.ts';
import { dueAt, hasConnection, type LinkMachine } from './machine.ts';
import { presentFault } from './present-fault.ts';
import type { LinkPolicy } from './retry-policy.ts';
import * as to from './transitions.ts';
import type { Transition } from './transitions.ts';

type Command<Type extends MachineEvent['type']> = Extract<MachineEvent, { type: Type }>;

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
      return start(machine, event, policy);
    case 'stop':
      return to.stop(machine);
    case 'retry':
      return retry(machine, event, policy);
    case 'wake':
      return event.due === dueAt(machine) ? wake(machine, policy) : to.stay(machine);
    case 'stage':
    case 'picture':
    case 'down':
    case 'loaded':
    case 'load-refused':
      // Late news of a connection that is no more, or of one that never was opened, is no news.
      if (event.generation !== machine.generation || !hasConnection(machine)) return to.stay(machine);
      return report(machine, event, policy);
    default:
      return event satisfies never;
  }
}

function start(machine: LinkMachine, event: Command<'start'>, policy: LinkPolicy): Transition {
  switch (machine.phase) {
    case 'live':
      if (event.change === 'endpoint') return to.connect(machine, event, event.onFailure);
      if (event.change === 'parameters') return to.stay(machine);
      return {
        state: { ...machine, loading: event.pipelineId },
        effects: [
          { type: 'tell', what: `Loading pipeline ${event.pipelineId}`, why: null },
          { type: 'load', generation: machine.generation, pipelineId: event.pipelineId },
        ],
      };
    case 'connecting':
      return event.change === 'parameters' ? to.stay(machine) : to.connect(machine, event, event.onFailure);
    case 'recovering':
      return event.change === 'parameters'
        ? retry(machine, { ...event, type: 'retry' }, policy)
        : to.connect(machine, event, event.onFailure);
    case 'idle':
    case 'failed':
      return to.connect(machine, event, event.onFailure);
    default:
      return machine satisfies never;
  }
}

/** An attempt now. One that is under way already is that attempt. */
function retry(machine: LinkMachine, event: Command<'retry'>, policy: LinkPolicy): Transition {
  switch (machine.phase) {
    case 'recovering':
      if (machine.step.kind === 'trying') return to.stay(machine);
      return to.tryAgain(machine, machine, policy);
    case 'failed':
      if (machine.step.kind === 'trying' || cureOf(machine.fault) === 'change') return to.stay(machine);
      if (machine.attempts === 0) return to.connect(machine, event, 'show');
      // The user asked, so this is a new episode with all its attempts.
      return to.tryAgain(machine, { fault: machine.fault, since: event.at, attempt: 1 }, policy);
    case 'idle':
    case 'connecting':
    case 'live':
      return to.stay(machine);
    default:
      return machine satisfies never;
  }
}

function wake(machine: LinkMachine, policy: LinkPolicy): Transition {
  switch (machine.phase) {
    case 'live':
      return to.stay({ ...machine, budget: { spent: 0, restoredAt: null } });
    case 'recovering':
      return to.tryAgain(machine, machine, policy);
    case 'failed':
      return to.trySlowly(machine);
    case 'idle':
    case 'connecting':
      return to.stay(machine);
    default:
      return machine satisfies never;
  }
}

function report(
  machine: LinkMachine,
  event: Extract<MachineEvent, { generation: number }>,
  policy: LinkPolicy,
): Transition {
  switch (event.type) {
    case 'stage':
      return to.stay(withStage(machine, event.stage));
    case 'picture':
      return machine.phase === 'live' ? to.stay(machine) : to.goLive(machine, event, policy);
    case 'down':
      return down(machine, event, policy);
    case 'loaded':
    case 'load-refused':
      return machine.phase === 'live' && machine.loading === event.pipelineId
        ? settled(machine, event)
        : to.stay(machine);
    default:
      return event satisfies never;
  }
}

function withStage(machine: LinkMachine, stage: Extract<Report, { type: 'stage' }>['stage']): LinkMachine {
  if (machine.phase === 'connecting') return { ...machine, stage };
  const retrying = machine.phase === 'recovering' || machine.phase === 'failed';
  if (retrying && machine.step.kind === 'trying') return { ...machine, step: { ...machine.step, stage } };
  return machine;
}

function down(machine: LinkMachine, event: Command<'down'>, policy: LinkPolicy): Transition {
  const { fault } = event;
  switch (machine.phase) {
    case 'live':
      return to.lose(machine, fault, event, policy);
    case 'connecting':
      return ended(
        machine,
        machine.onFailure === 'retry'
          ? to.recover(machine, { fault, since: event.at, attempt: 1 }, fault, event, policy)
          : to.giveUp(machine, fault, 0, event, policy),
      );
    case 'recovering':
      return ended(machine, to.recoverOn(machine, fault, event, policy));
    case 'failed':
      return ended(machine, to.failAgain(machine, fault, event, policy));
    case 'idle':
      return to.stay(machine);
    default:
      return machine satisfies never;
  }
}

/** An attempt that failed leaves no socket and no media of its own behind. */
function ended(machine: LinkMachine, { state, effects }: Transition): Transition {
  return { state, effects: [{ type: 'leave', generation: machine.generation, media: 'close' }, ...effects] };
}

function settled(
  machine: Extract<LinkMachine, { phase: 'live' }>,
  event: Command<'loaded'> | Command<'load-refused'>,
): Transition {
  const state = { ...machine, loading: null };
  if (event.type === 'loaded') {
    return { state, effects: [{ type: 'tell', what: `Pipeline ${event.pipelineId} runs`, why: null }] };
  }
  const { title } = presentFault(event.fault);
  return {
    state,
    effects: [
      { type: 'tell', what: `Pipeline ${event.pipelineId} could not be loaded`, why: title },
      {
        type: 'notice',
        text: `Pipeline ${event.pipelineId} could not be loaded: ${title}. The previous one goes on.`,
      },
    ],
  };
}
