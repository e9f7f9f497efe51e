import type { TensorShape } from '../engine/trial.ts';

/** A parameter as the user may change it before the model is added. */
export type DraftParameter =
  | { kind: 'range'; name: string; input: string; label: string; min: number; max: number; default: number }
  | { kind: 'color'; name: string; input: string; label: string };

/** Whether Linkspan can give an input a value of its own: a number, or a colour. */
export function isParameter({ type, dims }: TensorShape): boolean {
  return type === 'float32' && dims.length === 1 && (dims[0] === 1 || dims[0] === 3);
}

/** Names and labels from the inputs' own names; numbers go from 0 to 1 until the user says otherwise. */
export function inferParameters(inputs: readonly TensorShape[]): DraftParameter[] {
  const taken = new Set<string>();
  return inputs.map(({ name: input, dims }) => {
    const name = unused(parameterName(input), taken);
    taken.add(name);
    const named = { name, input, label: labelOf(name) };
    return dims[0] === 3
      ? { kind: 'color', ...named }
      : { kind: 'range', ...named, min: 0, max: 1, default: 0.5 };
  });
}

/** As manifests want it: `p.Edge-Strength` becomes `edge_strength`. */
function parameterName(input: string): string {
  const name = input
    .replace(/^p\./, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[^a-z]+|_+$/g, '')
    .slice(0, 60);
  return name === '' ? 'value' : name;
}

function unused(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let number = 2; ; number += 1) {
    if (!taken.has(`${name}_${number}`)) return `${name}_${number}`;
  }
}

function labelOf(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
