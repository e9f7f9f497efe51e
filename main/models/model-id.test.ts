import fc from 'fast-check';
import { expect, it } from 'vitest';
import { catalogue } from '../../pipelines/catalogue.ts';
import { builtInIds } from './defaults.ts';
import { modelId } from './model-id.ts';

const free = (): boolean => false;

it('makes an id of a title', () => {
  expect(modelId('Starry Night (v2)', free)).toBe('starry-night-v2');
  expect(modelId('Été à Köln', free)).toBe('ete-a-koln');
  expect(modelId('水彩画', free)).toBe('model');
  expect(modelId('../../etc/passwd', free)).toBe('etc-passwd');
});

it('never takes the id of a built-in model, nor one that is in use, nor the name of a device', () => {
  expect([...builtInIds].toSorted()).toEqual(catalogue.map(({ about }) => about.id).toSorted());
  expect(modelId('Sketch', free)).toBe('sketch-2');
  expect(modelId('Oil', (name) => name === 'oil' || name === 'oil-2')).toBe('oil-3');
  expect(modelId('NUL', free)).toBe('nul-2');
});

it('makes a valid id of any title', () => {
  // Code points by number: the library's own strings of any character take seconds to set up.
  const anyTitle = fc
    .array(fc.nat(0x10ffff), { maxLength: 100 })
    .map((points) => String.fromCodePoint(...points));
  fc.assert(
    fc.property(anyTitle, (title) => {
      const id = modelId(title, free);
      return /^[a-z0-9][a-z0-9-]*$/.test(id) && id.length <= 64;
    }),
  );
});
