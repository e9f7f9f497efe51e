import type { Runner } from '../../shared/ipc/runner-channels.ts';
import type { Fault } from '../../shared/link/fault.ts';
import { endpointUrl } from '../../shared/link/endpoint-url.ts';
import { still, type Step } from './app-effect.ts';
import type { AppState } from './app-state.ts';
import { canStart, startLink } from './choose-pipeline.ts';
import type { RunnersEffect, RunnersEvent } from './runners-event.ts';
import { testsOf, type RunnersCheck, type RunnersState, type RunnerTest } from './runners-state.ts';

type EventOf<Type extends RunnersEvent['type']> = Extract<RunnersEvent, { type: Type }>;

const withRunners = (state: AppState, change: Partial<RunnersState>): AppState => ({
  ...state,
  runners: { ...state.runners, ...change },
});

const setTest = (state: AppState, url: string, test: RunnerTest): AppState =>
  withRunners(state, { tests: { ...state.runners.tests, [url]: test } });

/** An address as main writes it. */
function canonical(url: string): string {
  const address = endpointUrl(url);
  return address.ok ? address.value.url : url;
}

/** Tokens are a server's: scheme, host and port. */
function isOneServer(one: string, other: string): boolean {
  const [here, there] = [URL.parse(one), URL.parse(other)];
  return here?.protocol === there?.protocol && here?.host === there?.host;
}

/** Takes the list over; a stream that is on moves to its first, when that is another. */
function takeOver(state: AppState, list: Runner[], isAnother: boolean): Step {
  const endpoint = list[0] ?? null;
  const previewing = endpoint === null && state.settings.route === 'cloud';
  const known = new Set(list.map(({ url }) => url));
  const onTheirWay = Object.entries(state.runners.tests).filter(
    ([url, { phase }]) => known.has(url) && phase === 'testing',
  );
  const tests = { ...testsOf(list), ...Object.fromEntries(onTheirWay) };
  const next: AppState = { ...withRunners(state, { list, tests }), endpoint, endpointAsked: 0 };
  if (!isAnother) return still(next);
  const moved = { ...next, previewing };
  return { state: moved, effects: endpoint !== null && canStart(moved) ? [startLink(moved)] : [] };
}

function test(state: AppState, event: EventOf<'test-runner'>): Step {
  const { from, url } = event;
  const next =
    from === 'form'
      ? withRunners(state, { check: { phase: 'testing', url } })
      : setTest(state, url, { phase: 'testing' });
  return { state: next, effects: [event] };
}

function tested(state: AppState, { from, url, at, result }: EventOf<'runner-tested'>): Step {
  const { check, tests } = state.runners;
  if (from === 'list') {
    // The runner may have been taken off the list meanwhile, or been given another token.
    if (tests[url]?.phase !== 'testing') return still(state);
    const outcome: RunnerTest = result.ok
      ? { phase: 'passed', at, rttMs: result.value.rttMs, pipelines: result.value.pipelines.length }
      : { phase: 'refused', at, fault: result.problem };
    return still(setTest(state, url, outcome));
  }
  // An answer counts only while its question is still the last one asked.
  if (check.phase !== 'testing' || check.url !== url) return still(state);
  return still(
    withRunners(state, {
      check: result.ok
        ? { phase: 'passed', url, at, report: result.value }
        : { phase: 'refused', url, at, fault: result.problem },
    }),
  );
}

function save(state: AppState, { runners, as, url }: EventOf<'save-runners'>): Step {
  const { check } = state.runners;
  // One change at a time: a second one would be made to a list that is about to change.
  if (check.phase === 'saving') return still(state);
  const isNewToken = runners.some((runner) => runner.url === url && runner.token !== null);
  const saving: RunnersCheck = { phase: 'saving', url, as, isNewToken };
  return {
    state: withRunners(state, { check: saving }),
    effects: [{ type: 'save-runners', runners }],
  };
}

function saved(state: AppState, { result }: EventOf<'runners-saved'>): Step {
  const { list, form, tests, check } = state.runners;
  if (check.phase !== 'saving') return still(state);
  const { as } = check;
  const url = canonical(check.url);
  if (!result.ok)
    return still(withRunners(state, { check: { phase: 'refused', url, at: null, fault: result.problem } }));
  // What is being asked with the token before tells nothing any more: the server's other runners had it, too.
  const valid = Object.entries(tests).filter(([other]) => !check.isNewToken || !isOneServer(other, url));
  const next = withRunners(state, {
    form: as === 'arranged' ? form : { mode: 'closed' },
    check: as === 'arranged' ? { phase: 'none' } : { phase: 'saved', url, as },
    tests: Object.fromEntries(valid),
  });
  const [before, after] = [list[0] ?? null, result.value[0] ?? null];
  const isAnother = before?.url !== after?.url || (check.isNewToken && after?.url === url);
  const moved = takeOver(next, result.value, isAnother || as === 'used');
  // Whoever had stopped before was on another: choosing a runner means using it, and so does the first one.
  const starts = after !== null && (as === 'used' || before === null) && !state.settings.streaming;
  if (!starts) return moved;
  return {
    state: { ...moved.state, settings: { ...state.settings, streaming: true } },
    effects: [{ type: 'patch-settings', patch: { streaming: true } }, ...moved.effects],
  };
}

function find(state: AppState): Step {
  const { found } = state.runners;
  if (found.phase === 'looking') return still(state);
  return {
    state: withRunners(state, { found: { ...found, phase: 'looking' } }),
    effects: [{ type: 'find-runners' }],
  };
}

/** Everything about where the stream goes: the user's runners, and those that are found. */
export function reduceEndpoint(state: AppState, event: RunnersEvent): Step {
  switch (event.type) {
    case 'test-runner':
      return test(state, event);
    case 'runner-tested':
      return tested(state, event);
    case 'save-runners':
      return save(state, event);
    case 'runners-saved':
      return saved(state, event);
    case 'runners-changed':
      return takeOver(
        withRunners(state, { check: { phase: 'none' }, form: { mode: 'closed' } }),
        event.runners,
        true,
      );
    case 'runner-form-wanted':
      return still(withRunners(state, { form: event.form, check: { phase: 'none' } }));
    case 'endpoint-edited':
      return still(withRunners(state, { check: { phase: 'none' } }));
    case 'find-runners':
      return find(state);
    case 'runners-found':
      return still(withRunners(state, { found: { phase: 'known', runners: event.runners } }));
    default:
      return event satisfies never;
  }
}

/** Nothing may wait for ever for an answer that will not come. */
export function runnersEffectFailed(state: AppState, effect: RunnersEffect, detail: string): AppState {
  const fault: Fault = { kind: 'invalid-endpoint', detail };
  switch (effect.type) {
    case 'test-runner': {
      const { from, url } = effect;
      if (from === 'form') return withRunners(state, { check: { phase: 'refused', url, at: null, fault } });
      const { [url]: _unknown, ...tests } = state.runners.tests;
      return withRunners(state, { tests });
    }
    case 'save-runners':
      return withRunners(state, { check: { phase: 'refused', url: '', at: null, fault } });
    case 'find-runners':
      return withRunners(state, { found: { phase: 'known', runners: [] } });
    default:
      return effect satisfies never;
  }
}
