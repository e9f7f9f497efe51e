import type { Bridge } from '../../shared/ipc/bridge.ts';
import { fail } from '../../shared/result.ts';
import type { ModelsEffect } from '../state/models-event.ts';
import type { Dispatch } from '../state/store.ts';
import type { ModelDoors } from './model-doors.ts';
import { tryModel } from './try-model.ts';

type ModelBridge = Pick<
  Bridge,
  'listModels' | 'openModelsFolder' | 'saveModel' | 'discardModel' | 'removeModel'
>;

/** A throw of main or the engine is an answer too: nobody waits for one that will not come. */
const answered = <Value>(answer: Promise<Value>): Promise<Value | ReturnType<typeof fail<string>>> =>
  answer.catch((error: unknown) => fail(String(error)));

/** Performs what is asked about models, with main and the engine. */
export async function runModelEffect(
  effect: ModelsEffect,
  bridge: ModelBridge,
  doors: ModelDoors,
  dispatch: Dispatch,
): Promise<void> {
  switch (effect.type) {
    case 'list-models':
      // What has changed is pushed; the answer is for a window that has missed something.
      dispatch({ type: 'models-known', models: await bridge.listModels() });
      return;
    case 'open-models-folder':
      await bridge.openModelsFolder();
      return;
    case 'inspect-model': {
      const { id, url } = effect.candidate;
      dispatch({ type: 'model-inspected', candidate: id, result: await answered(doors.inspect(url)) });
      return;
    }
    case 'try-model': {
      const { candidate, manifest, described } = effect;
      const result = await answered(tryModel(doors, candidate.url, manifest, described));
      dispatch({ type: 'model-tried', candidate: candidate.id, result });
      return;
    }
    case 'save-model': {
      const { candidate, manifest } = effect;
      const { title } = manifest;
      const saving = bridge.saveModel({ candidate, manifest: JSON.stringify(manifest) });
      dispatch({ type: 'model-saved', candidate, title, result: await answered(saving) });
      return;
    }
    case 'discard-model':
      await bridge.discardModel({ candidate: effect.candidate });
      return;
    case 'remove-model':
      dispatch({ type: 'model-removed', result: await answered(bridge.removeModel({ id: effect.id })) });
      return;
    default:
      effect satisfies never;
  }
}
