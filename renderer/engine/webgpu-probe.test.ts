import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { playedGpu, type GpuPlan } from './fixtures/played-gpu.ts';
import { probeWebGpu } from './webgpu-probe.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('probeWebGpu', () => {
  it('trusts a processor that computes the known answer, and leaves no device and no timer behind', async () => {
    const { gpu, alive } = playedGpu();
    expect(await probeWebGpu(gpu)).toEqual({ ok: true });
    expect([alive(), vi.getTimerCount()]).toEqual([0, 0]);
  });

  it.each<[string, Partial<GpuPlan>, string]>([
    ['no adapter', { adapter: false }, 'no adapter'],
    ['a fallback adapter', { fallback: true }, 'software'],
    ['SwiftShader', { description: 'SwiftShader driver-5.0.0' }, 'software'],
    ['llvmpipe', { description: 'llvmpipe (LLVM 19.1, 256 bits)' }, 'software'],
    ['Windows without a driver', { description: 'Microsoft Basic Render Driver' }, 'software'],
    ['a wrong answer', { compute: (index) => (index === 63 ? 0 : index * 2 + 1) }, 'wrong answer'],
    ['a validation error', { validationError: 'Binding is too small' }, 'Binding is too small'],
    ['a lost device', { lost: 'GPU hung' }, 'GPU hung'],
  ])('does not trust %s', async (_, plan, reason) => {
    const { gpu, alive } = playedGpu(plan);
    expect(await probeWebGpu(gpu)).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
    expect([alive(), vi.getTimerCount()]).toEqual([0, 0]);
  });

  it('does not wait for a processor that never answers', async () => {
    const probed = probeWebGpu(playedGpu({ hangs: true }).gpu);
    await vi.advanceTimersByTimeAsync(3000);
    expect(await probed).toEqual({ ok: false, reason: 'no answer within 3000 ms' });
  });

  it('says so where there is no WebGPU, or where asking for it fails', async () => {
    expect(
      await probeWebGpu({ requestAdapter: () => Promise.reject(new Error('Blocked')) } as never),
    ).toEqual({
      ok: false,
      reason: 'Blocked',
    });
    vi.stubGlobal('navigator', {});
    expect(await probeWebGpu()).toMatchObject({ ok: false });
    vi.unstubAllGlobals();
  });
});
