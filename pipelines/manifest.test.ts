import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPipeline } from './build.ts';
import { catalogue } from './catalogue.ts';
import { parseManifest } from './manifest.ts';

const good = JSON.parse(buildPipeline(catalogue[0]!).json) as Record<string, unknown>;

/** A copy of a good manifest with one field replaced; the path's last part is the field. */
function withField(path: readonly (string | number)[], value: unknown): Record<string, unknown> {
  const copy = structuredClone(good);
  let target = copy as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) target = target[key] as Record<string | number, unknown>;
  target[path.at(-1)!] = value;
  return copy;
}

function problemOf(manifest: unknown): string {
  const parsed = parseManifest(JSON.stringify(manifest));
  return parsed.ok ? '' : parsed.problem;
}

describe('a problem names the field and what is wrong', () => {
  it.each<[string, readonly (string | number)[], unknown, string]>([
    ['another schema', ['schema'], 2, 'schema'],
    ['an id that is not a plain name', ['id'], '../sketch', 'lower-case letters'],
    ['S13: a file outside the folder', ['file'], '../../etc/model.onnx', 'bare name'],
    ['S13: an absolute file', ['file'], '/etc/model.onnx', 'bare name'],
    ['S13: a file behind a Windows path', ['file'], 'C:\\model.onnx', 'bare name'],
    ['a hash of the wrong length', ['sha256'], 'abc', '64'],
    ['an unknown provider', ['runtime', 'ep'], ['abacus'], 'runtime.ep.0'],
    ['a range upside down', ['io', 'params', 0, 'min'], 9, 'min must be below max'],
    ['a default outside its range', ['io', 'params', 0, 'default'], 99, 'default must lie'],
    ['two parameters of one name', ['io', 'params', 1, 'name'], 'strength', 'same name'],
    ['two inputs of one name', ['io', 'params', 1, 'input'], 'image', 'same name'],
    ['a deviation of zero', ['io', 'image', 'std'], [1, 0, 1], 'must not hold 0'],
    [
      'a size of nothing',
      ['io', 'image', 'size'],
      { mode: 'fixed', width: 0, height: 5 },
      'io.image.size.width',
    ],
  ])('%s', (_, path, value, expected) => {
    expect(problemOf(withField(path, value))).toContain(expected);
  });

  it('text that is not JSON', () => {
    const parsed = parseManifest('{');
    expect(parsed).toMatchObject({ ok: false, problem: expect.stringContaining('not JSON') as string });
  });
});

it('tolerates fields that it does not know', () => {
  expect(problemOf({ ...good, colour: 'blue' })).toBe('');
});

it('never throws, whatever the text or the JSON', () => {
  fc.assert(fc.property(fc.string(), (text) => typeof parseManifest(text).ok === 'boolean'));
  fc.assert(fc.property(fc.json(), (text) => typeof parseManifest(text).ok === 'boolean'));
});

it('never throws when any one field holds anything at all', () => {
  const paths = pathsOf(good);
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
      const text = JSON.stringify(withField(path, value));
      const parsed = parseManifest(text);
      return parsed.ok || parsed.problem.startsWith('model.json');
    }),
    { numRuns: 500 },
  );
});

function pathsOf(value: unknown, prefix: readonly (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [...prefix, key],
    ...pathsOf(inner, [...prefix, key]),
  ]);
}
