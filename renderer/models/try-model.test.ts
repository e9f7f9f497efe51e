import { expect, it } from 'vitest';
import { fail, ok } from '../../shared/result.ts';
import type { TrialRequest } from '../engine/trial.ts';
import { firstAnswers } from './answers.ts';
import { explainProblem } from './explain-problem.ts';
import { shape, tensor } from './fixtures/shapes.ts';
import { inferModel } from './infer-model.ts';
import { makeManifest } from './make-manifest.ts';
import { presentTrial } from './present-trial.ts';
import { tryModel } from './try-model.ts';

/** An engine that takes so many milliseconds a run, by the width of the picture; null: it fails. */
function engine(runMs: (width: number) => number | null) {
  const widths: number[] = [];
  const attempt = async ({ size }: TrialRequest) => {
    widths.push(size.width);
    const ms = runMs(size.width);
    return ms === null ? fail('failed') : ok({ size, runMs: ms, frameMs: ms, realTime: ms <= 30 });
  };
  return { widths, doors: { try: attempt } };
}

function manifestOf(model = shape()) {
  const inferred = inferModel(model);
  if (!inferred.ok) throw new Error(inferred.problem);
  const made = makeManifest(inferred.value, firstAnswers(inferred.value, { name: 'x.onnx' }), 17, null);
  if (!made.ok) throw new Error(made.problem);
  return made.value;
}

const tried = async (runMs: (width: number) => number | null, described = false) => {
  const { doors, widths } = engine(runMs);
  return { widths, result: await tryModel(doors, '/m', manifestOf(), described) };
};

it('finds the largest size that keeps up, and tries none beyond one that does not', async () => {
  const { result, widths } = await tried((width) => width / 15);
  expect(result).toMatchObject({
    ok: true,
    value: {
      best: { size: { width: 384 } },
      fitting: {
        multipleOf: 1,
        sizes: [
          [384, 384],
          [256, 256],
        ],
      },
    },
  });
  expect(widths).toEqual([256, 384, 512, 257]);
});

it('stops at the smallest when that is too slow, which can be added all the same', async () => {
  const { result, widths } = await tried(() => 141);
  expect(result).toMatchObject({
    ok: true,
    value: { best: { runMs: 141 }, fitting: { sizes: [[256, 256]] } },
  });
  expect(widths).toEqual([256]);
});

it('finds what sides must be a multiple of, by failing at others', async () => {
  const fitting = async (multiple: number) => {
    const { result } = await tried((width) => (width % multiple === 0 ? 5 : null));
    return result.ok && result.value.fitting?.multipleOf;
  };
  expect(await fitting(1)).toBe(1);
  expect(await fitting(16)).toBe(16);
  expect(await fitting(64)).toBe(64);
});

it('tries a model of one size at that, and leaves a described one as it is', async () => {
  const { doors, widths } = engine(() => 5);
  const fixed = manifestOf({
    inputs: [tensor('i', [1, 3, 224, 224])],
    outputs: [tensor('o', [1, 3, 224, 224])],
  });
  expect(await tryModel(doors, '/m', fixed, false)).toMatchObject({ ok: true, value: { fitting: null } });
  expect(widths).toEqual([224]);
  const described = await tried(() => 5, true);
  expect(described.result).toMatchObject({
    ok: true,
    value: { fitting: null, best: { size: { width: 512 } } },
  });
});

it('tells why a model does not run at all', async () => {
  expect((await tried(() => null)).result).toEqual({ ok: false, problem: 'failed' });
});

it('says what a trial found in words', () => {
  const size = { width: 384, height: 384 };
  expect(presentTrial({ size, runMs: 12.34, frameMs: 14.2, realTime: true })).toMatchObject({
    tone: 'good',
    title: 'Real time here at 384 × 384',
  });
  expect(
    presentTrial({ size: { width: 256, height: 256 }, runMs: 20.1, frameMs: 141.2, realTime: false }),
  ).toMatchObject({
    tone: 'warning',
    title: 'Too slow here: 141 ms a frame at 256 × 256',
  });
});

it.each([
  [
    'Failed to load external data file "w.data", error: Module.MountedFiles is not available.',
    'single .onnx file',
  ],
  [
    "Can't create a session. ERROR_CODE: 7, ERROR_MESSAGE: Failed to load model because protobuf parsing failed.",
    'damaged',
  ],
  ['Fatal error: com.microsoft:Foo(-1) is not a registered function/op', 'operators'],
  ['std::bad_alloc', 'more memory'],
  ['The model brought its test down.\nand more', 'It does not run here: The model brought its test down.'],
])('explains “%s”', (problem, words) => {
  expect(explainProblem(problem)).toContain(words);
  expect(explainProblem(problem)).not.toContain('\n');
});
