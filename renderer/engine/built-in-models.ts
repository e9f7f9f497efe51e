/// <reference types="vite/client" />
import { parseManifest } from '../../pipelines/manifest.ts';
import type { LocalModel } from './local-model.ts';

const manifests = import.meta.glob<string>('../../pipelines/models/*/model.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const addresses = import.meta.glob<string>('../../pipelines/models/*/model.onnx', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** As in the catalogue, which a test compares; the catalogue itself would bring the models' writer into the page. */
const order = ['sketch', 'thermal', 'echo-trails', 'passthrough'];

/** The models that Linkspan brings, as they are offered. */
export const builtInModels: readonly LocalModel[] = Object.entries(manifests)
  .map(([path, json]) => builtIn(path, json))
  .toSorted((a, b) => order.indexOf(a.manifest.id) - order.indexOf(b.manifest.id));

function builtIn(path: string, json: string): LocalModel {
  const parsed = parseManifest(json);
  if (!parsed.ok) throw new Error(`${path}: ${parsed.problem}`);
  const url = addresses[path.replace(/model\.json$/, parsed.value.file)];
  if (url === undefined) throw new Error(`${path}: there is no ${parsed.value.file} beside it`);
  return { manifest: parsed.value, url, origin: 'built-in' };
}
