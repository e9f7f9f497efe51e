import type { Bridge } from '../../shared/ipc/bridge.ts';
import type { AppInfo, PushChannels } from '../../shared/ipc/contract.ts';
import { fail, ok } from '../../shared/result.ts';
import type { FakeOptions } from './fake-options.ts';

type ModelBridge = Pick<
  Bridge,
  | 'listModels'
  | 'openModelsFolder'
  | 'pickModel'
  | 'stageModel'
  | 'saveModel'
  | 'discardModel'
  | 'removeModel'
  | 'modelLicence'
>;

/** The user's models as main keeps them: what is saved is listed from then on, under an id of main's. */
export function fakeModels(
  options: FakeOptions,
  info: AppInfo,
  note: (method: string, request?: unknown) => void,
  changed: (models: PushChannels['models:changed']) => void,
): ModelBridge {
  const tell = (models: PushChannels['models:changed']): void => {
    info.models = models;
    changed(models);
  };
  return {
    listModels: async () => info.models,
    openModelsFolder: async () => note('openModelsFolder'),
    pickModel: async () => {
      note('pickModel');
      return options.pickedModel;
    },
    stageModel: async ({ name }) => {
      note('stageModel', { name });
      return options.pickedModel ?? fail(`“${name}” cannot be used: it is empty.`);
    },
    saveModel: async (request) => {
      note('saveModel', request);
      const { candidate, manifest } = request;
      const staged = options.pickedModel;
      if (staged?.ok !== true || staged.value.id !== candidate) return fail('There is no such candidate.');
      const id = `own-${info.models.models.length + 1}`;
      const own = { id, manifest: JSON.stringify({ ...(JSON.parse(manifest) as object), id }) };
      tell({
        ...info.models,
        models: [...info.models.models, { ...own, url: staged.value.url, hasLicence: false }],
      });
      return ok({ id });
    },
    discardModel: async (request) => note('discardModel', request),
    removeModel: async ({ id }) => {
      note('removeModel', { id });
      tell({ ...info.models, models: info.models.models.filter((model) => model.id !== id) });
      return ok(null);
    },
    modelLicence: async () => 'Do what you like with it.',
  };
}
