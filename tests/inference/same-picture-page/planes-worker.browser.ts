/** Worker: the engine's session alone, so that a test sees what the model gives before it is rounded to bytes. */
import type { LocalModel } from '../../../renderer/engine/local-model.ts';
import { loadSession } from '../../../renderer/engine/load-session.ts';
import { LocalSession } from '../../../renderer/engine/local-session.ts';
import { beginOrt } from '../../../renderer/engine/ort.ts';
import { readModelFile } from '../../../renderer/engine/read-model-file.ts';
import type { ParameterValues } from '../../../shared/wire/parameters.ts';
import { frameCount, planarFrame, size } from './picture-case.ts';

export interface PlanesQuestion {
  model: LocalModel;
  threads: number;
  parameters: ParameterValues;
}

/** Planes, a frame each. */
export type PlanesAnswer = Float32Array[];

async function answer({ model, threads, parameters }: PlanesQuestion): Promise<PlanesAnswer> {
  const { manifest, url } = model;
  beginOrt(threads);
  const file = await readModelFile(manifest, url);
  if (!file.ok) throw new Error(file.problem);
  // What changes nothing is handed through otherwise; here its model is run as well.
  const asModel = { ...manifest, runtime: { ...manifest.runtime, identity: false } };
  const options = { manifest: asModel, bytes: file.value, parameters, allowWebGpu: false, log: console.log };
  const opened = await loadSession(options);
  if (!opened.ok) throw new Error(opened.problem);
  if (!(opened.value instanceof LocalSession)) throw new Error('It was not loaded as a model');
  const planes: PlanesAnswer = [];
  for (let index = 0; index < frameCount; index++) {
    // oxlint-disable-next-line no-await-in-loop -- a state goes from frame to frame
    const { picture } = await opened.value.transform(size.width, size.height, ({ data }) =>
      data.set(planarFrame(index)),
    );
    planes.push(picture.data.slice());
  }
  return planes;
}

addEventListener('message', (event: MessageEvent<PlanesQuestion>) => {
  void answer(event.data).then((planes) => postMessage(planes));
});
