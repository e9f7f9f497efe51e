import { expect, it } from 'vitest';
import { manifestFor, scaledImage } from './fixtures/model-dir.ts';
import { PipelineSession } from './pipeline-session.ts';
import {
  type ProviderPlan,
  cpuPlan,
  describePlan,
  fallbackReason,
  missingReason,
  providersFor,
} from './provider-plan.ts';

const noAdapter = { provider: 'webgpu', reason: 'no adapter' } as const;
const auto: ProviderPlan = { choice: 'auto', usable: ['cuda', 'cpu'], problems: [noAdapter] };
const webgpu: ProviderPlan = { choice: 'webgpu', usable: ['webgpu', 'cpu'], problems: [] };
const withoutWebgpu: ProviderPlan = { choice: 'webgpu', usable: ['cpu'], problems: [noAdapter] };

it('by itself takes the manifest’s order, and only what works and is meant for runners', () => {
  expect(providersFor(['webgpu', 'wasm', 'cuda', 'cpu'], auto)).toEqual(['cuda', 'cpu']);
  expect(providersFor(['cpu', 'cuda'], auto)).toEqual(['cpu', 'cuda']);
  expect(providersFor(['coreml'], auto)).toEqual([]);
});

it('takes the operator’s choice first and the CPU after it, if the manifest allows them', () => {
  expect(providersFor(['cpu', 'webgpu'], webgpu)).toEqual(['webgpu', 'cpu']);
  expect(providersFor(['cpu', 'cuda'], webgpu)).toEqual(['cpu']);
  expect(providersFor(['webgpu'], withoutWebgpu)).toEqual([]);
  expect(providersFor(['webgpu', 'cpu'], cpuPlan)).toEqual(['cpu']);
});

it('says why a choice is not followed, and says nothing when it is', () => {
  expect(fallbackReason(['webgpu', 'cpu'], withoutWebgpu)).toContain('cannot be used (no adapter)');
  expect(fallbackReason(['cpu'], withoutWebgpu)).toContain('its manifest does not allow webgpu');
  expect(fallbackReason(['webgpu', 'cpu'], webgpu)).toBeNull();
  expect(fallbackReason(['webgpu', 'cpu'], auto)).toBeNull();
  expect(fallbackReason(['webgpu', 'cpu'], cpuPlan)).toBeNull();
});

it('says which providers a model needs, which there are, and why not the others', async () => {
  const allowed = ['webgpu', 'wasm'] as const;
  expect(missingReason([...allowed], auto)).toBe(
    'it needs one of webgpu, wasm; this runner has cuda, cpu; webgpu cannot be used: no adapter',
  );
  const bytes = scaledImage(1).toBytes();
  const manifest = manifestFor('gpu-only', bytes);
  manifest.runtime.ep = [...allowed];
  const options = { parameters: {}, intraOpThreads: 1, now: () => 0, log: () => undefined };
  expect(await PipelineSession.open({ manifest, bytes }, { ...options, providers: cpuPlan })).toEqual({
    ok: false,
    problem: '"gpu-only" cannot be loaded: it needs one of webgpu, wasm; this runner has cpu',
  });
});

it('falls back to the CPU when a model fails on what worked in the trial, and tells the log', async () => {
  const bytes = scaledImage(1).toBytes();
  const manifest = manifestFor('picky', bytes);
  const absent = process.platform === 'darwin' ? 'dml' : 'coreml';
  manifest.runtime.ep = [absent, 'cpu'];
  const log: string[] = [];
  const opened = await PipelineSession.open(
    { manifest, bytes },
    {
      parameters: {},
      providers: { choice: 'auto', usable: [absent, 'cpu'], problems: [] },
      intraOpThreads: 1,
      now: () => 0,
      log: (line) => log.push(line),
    },
  );
  if (!opened.ok) throw new Error(opened.problem);
  await opened.value.close();
  expect(opened.value.provider).toBe('cpu');
  expect(log).toEqual([expect.stringContaining(`"picky" runs on cpu: ${absent} refuses it: `)]);
});

it('describes itself in one line', () => {
  expect(describePlan(auto)).toBe('Models can run on cuda, cpu. Not usable: webgpu (no adapter)');
  expect(describePlan(cpuPlan)).toBe('Models can run on cpu');
});
