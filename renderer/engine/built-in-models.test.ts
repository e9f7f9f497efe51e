import { expect, it } from 'vitest';
import { catalogue } from '../../pipelines/catalogue.ts';
import { builtInModels } from './built-in-models.ts';

it('offers every model of the catalogue, in its order', () => {
  expect(builtInModels.map(({ manifest }) => manifest.id)).toEqual(catalogue.map(({ about }) => about.id));
});

it('knows where the page finds each file', () => {
  for (const { manifest, url } of builtInModels) expect(url).toContain(`/${manifest.id}/${manifest.file}`);
});
