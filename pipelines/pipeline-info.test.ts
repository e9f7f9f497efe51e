import * as v from 'valibot';
import { expect, it } from 'vitest';
import { pipelineInfo } from '../shared/wire/pipelines.ts';
import { buildPipeline } from './build.ts';
import { catalogue } from './catalogue.ts';
import type { ManifestParameter } from './manifest-parameter.ts';
import { type Manifest, parseManifest } from './manifest.ts';
import { toPipelineInfo } from './pipeline-info.ts';

function manifestOf(params: ManifestParameter[]): Manifest {
  const parsed = parseManifest(buildPipeline(catalogue[0]!).json);
  if (!parsed.ok) throw new Error(parsed.problem);
  return { ...parsed.value, io: { ...parsed.value.io, params } };
}

it('gives every built-in pipeline in the form that travels, whole', () => {
  for (const description of catalogue) {
    const parsed = parseManifest(buildPipeline(description).json);
    if (!parsed.ok) throw new Error(parsed.problem);
    const info = toPipelineInfo(parsed.value);
    expect(v.parse(pipelineInfo, info)).toEqual(info);
    expect(info.parameters.map(({ name }) => name)).toEqual(description.about.params.map(({ name }) => name));
  }
});

it('carries each kind of parameter, and leaves out time, which the host fills', () => {
  const base = (name: string): { name: string; input: string; label: string } => ({
    name,
    input: `p.${name}`,
    label: name,
  });
  const info = toPipelineInfo(
    manifestOf([
      { ...base('level'), kind: 'range', min: 0, max: 1, step: 0.1, default: 0.5, unit: 'dB', smoothMs: 50 },
      { ...base('mode'), kind: 'enum', options: ['a', 'b'], default: 1 },
      { ...base('flip'), kind: 'toggle', default: 1, description: 'Upside down.' },
      { ...base('seed'), kind: 'seed', default: 7 },
      { ...base('clock'), kind: 'time' },
      { ...base('ink'), kind: 'color', default: [0, 0.5, 1] },
      { ...base('prompt'), kind: 'text', default: 'a cat', maxLength: 100 },
    ]),
  );
  expect(v.parse(pipelineInfo, info)).toEqual(info);
  expect(info.parameters).toEqual([
    { name: 'level', label: 'level', kind: 'range', min: 0, max: 1, step: 0.1, default: 0.5, unit: 'dB' },
    { name: 'mode', label: 'mode', kind: 'enum', options: ['a', 'b'], default: 1 },
    { name: 'flip', label: 'flip', description: 'Upside down.', kind: 'toggle', default: 1 },
    { name: 'seed', label: 'seed', kind: 'seed', default: 7 },
    { name: 'ink', label: 'ink', kind: 'color', default: [0, 0.5, 1] },
    { name: 'prompt', label: 'prompt', kind: 'text', default: 'a cat', maxLength: 100 },
  ]);
});
