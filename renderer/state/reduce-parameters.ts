import { defaultValues, type ParameterValues } from '../../shared/wire/parameters.ts';
import type { AppEvent } from './app-event.ts';
import { still, type Step } from './app-effect.ts';
import type { AppState } from './app-state.ts';
import { currentPipeline, currentPipelineId, currentValues } from './current-pipeline.ts';
import { sameValue } from './same-value.ts';

type ParameterEvent = Extract<AppEvent, { type: 'parameters-changed' | 'parameters-reset' }>;

/** Keeps and sends what differs from what the panel shows. */
function change(state: AppState, values: ParameterValues): Step {
  const shown = currentValues(state);
  const changed = Object.entries(values).filter(([name, value]) => !sameValue(shown[name], value));
  if (changed.length === 0) return still(state);
  const pipelineId = currentPipelineId(state);
  const kept = { ...state.parameters[pipelineId], ...Object.fromEntries(changed) };
  return {
    state: { ...state, parameters: { ...state.parameters, [pipelineId]: kept } },
    effects: [{ type: 'set-parameters', pipelineId, values: Object.fromEntries(changed) }],
  };
}

/** Everything about the panel's values. */
export function reduceParameters(state: AppState, event: ParameterEvent): Step {
  switch (event.type) {
    case 'parameters-changed':
      return change(state, event.values);
    case 'parameters-reset': {
      const specs = currentPipeline(state)?.parameters ?? [];
      return change(
        state,
        defaultValues(specs.filter(({ name }) => event.name === null || event.name === name)),
      );
    }
    default:
      return event satisfies never;
  }
}
