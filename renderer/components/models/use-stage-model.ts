import { useMemo } from 'react';
import type { Bridge } from '../../../shared/ipc/bridge.ts';
import type { ModelCandidate } from '../../../shared/ipc/model-channels.ts';
import { fail, type Result } from '../../../shared/result.ts';
import { useServices } from '../../state/app-context.ts';
import type { Store } from '../../state/store.ts';

interface StageModel {
  /** By the system's dialog. */
  pick: () => void;
  drop: (file: File) => void;
}

/** The ways in which a file becomes a candidate: main copies it, and says what it is. */
export function useStageModel(): StageModel {
  const { bridge, store } = useServices();
  return useMemo(
    () => ({
      pick: () => void stage(store, () => bridge.pickModel()),
      drop: (file) => void stage(store, () => bridge.stageModel(file)),
    }),
    [bridge, store],
  );
}

async function stage(store: Store, ask: () => ReturnType<Bridge['pickModel']>): Promise<void> {
  store.dispatch({ type: 'model-copying' });
  let result: Result<ModelCandidate, string> | null;
  try {
    result = await ask();
  } catch (error) {
    result = fail(`The file could not be copied: ${String(error)}`);
  }
  store.dispatch({ type: 'model-staged', result });
}
