import type { Bridge } from '../../shared/ipc/bridge.ts';
import type { RunnersEffect } from './runners-event.ts';
import type { Dispatch } from './store.ts';

/** Has main carry out what concerns the user's runners. */
export async function performRunners(
  effect: RunnersEffect,
  bridge: Bridge,
  dispatch: Dispatch,
): Promise<void> {
  switch (effect.type) {
    case 'test-runner': {
      const { from, url, token } = effect;
      const result = await bridge.testEndpoint({ url, token });
      dispatch({ type: 'runner-tested', from, url, at: Date.now(), result });
      return;
    }
    case 'save-runners':
      dispatch({ type: 'runners-saved', result: await bridge.saveRunners({ runners: effect.runners }) });
      return;
    case 'find-runners':
      dispatch({ type: 'runners-found', runners: await bridge.findRunners() });
      return;
    default:
      effect satisfies never;
  }
}
