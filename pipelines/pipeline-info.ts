import type { ParameterSpec } from '../shared/wire/parameters.ts';
import type { PipelineInfo } from '../shared/wire/pipelines.ts';
import type { ManifestParameter } from './manifest-parameter.ts';
import type { Manifest } from './manifest.ts';

/** What the API and the parameter panel learn about a model. Parameters that the host fills are left out. */
export function toPipelineInfo(manifest: Manifest): PipelineInfo {
  return {
    id: manifest.id,
    title: manifest.title,
    description: manifest.description,
    version: manifest.version,
    parameters: manifest.io.params.flatMap((parameter) => toParameterSpec(parameter) ?? []),
  };
}

function toParameterSpec(parameter: ManifestParameter): ParameterSpec | null {
  const base = {
    name: parameter.name,
    label: parameter.label,
    ...(parameter.description !== undefined && { description: parameter.description }),
  };
  switch (parameter.kind) {
    case 'range': {
      const { kind, min, max, step, unit } = parameter;
      return {
        ...base,
        kind,
        min,
        max,
        step,
        default: parameter.default,
        ...(unit !== undefined && { unit }),
      };
    }
    case 'enum':
      return { ...base, kind: parameter.kind, options: parameter.options, default: parameter.default };
    case 'toggle':
      return { ...base, kind: parameter.kind, default: parameter.default };
    case 'seed':
      return { ...base, kind: parameter.kind, default: parameter.default };
    case 'color':
      return { ...base, kind: parameter.kind, default: parameter.default };
    case 'text': {
      const { kind, maxLength } = parameter;
      return { ...base, kind, default: parameter.default, ...(maxLength !== undefined && { maxLength }) };
    }
    case 'time':
      return null;
    default:
      parameter satisfies never;
      return null;
  }
}
