import { webGpuProbeMs } from './defaults.ts';

export type WebGpuProbe = { ok: true } | { ok: false; reason: string };

/** Names under which a processor plays a graphics processor, and does worse than WASM on it. */
const software = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|warp/i;

/** What the throwaway device is to compute: twice the index, and 1, for each of these. */
const invocations = 64;
const code = `
  @group(0) @binding(0) var<storage, read_write> answer: array<f32>;
  @compute @workgroup_size(${invocations})
  fn main(@builtin(local_invocation_index) i: u32) { answer[i] = f32(i) * 2.0 + 1.0; }
`;

/** Flags of the WebGPU specification, which TypeScript's library does not know as values. */
const usage = { mapRead: 0x1, copySource: 0x4, copyTarget: 0x8, storage: 0x80 };
const mapForReading = 0x1;

/**
 * Whether models may run on WebGPU here. Having an adapter says little: a device of its own is made, has to compute
 * a known answer in time, and is thrown away, so that what goes wrong hurts nothing.
 *
 * @returns Never rejects; `reason` is for diagnostics.
 */
export async function probeWebGpu(gpu: GPU | undefined = navigator.gpu): Promise<WebGpuProbe> {
  if (!gpu) return { ok: false, reason: 'this Chromium has no WebGPU' };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<WebGpuProbe>((resolve) => {
    timer = setTimeout(
      () => resolve({ ok: false, reason: `no answer within ${webGpuProbeMs} ms` }),
      webGpuProbeMs,
    );
  });
  try {
    return await Promise.race([probe(gpu), late]);
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

async function probe(gpu: GPU): Promise<WebGpuProbe> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return { ok: false, reason: 'no adapter' };
  const { vendor, architecture, device: model, description, isFallbackAdapter } = adapter.info;
  const name = [vendor, architecture, model, description].filter((part) => part !== '').join(' ');
  if (isFallbackAdapter || software.test(name))
    return { ok: false, reason: `"${name}" is software, which WASM outdoes` };
  const device = await adapter.requestDevice();
  try {
    // Resolves at any time or never: what counts is whether it has by the time the answer is there.
    const loss = { reason: null as string | null };
    void device.lost.then(({ message }) => {
      loss.reason = message;
    });
    device.pushErrorScope('validation');
    const answer = await compute(device);
    const error = await device.popErrorScope();
    if (error) return { ok: false, reason: error.message };
    if (loss.reason !== null) return { ok: false, reason: `the device was lost: ${loss.reason}` };
    const right = answer.every((value, index) => value === index * 2 + 1);
    return right ? { ok: true } : { ok: false, reason: `"${name}" computed a wrong answer` };
  } finally {
    device.destroy();
  }
}

async function compute(device: GPUDevice): Promise<Float32Array> {
  const size = invocations * Float32Array.BYTES_PER_ELEMENT;
  const written = device.createBuffer({ size, usage: usage.storage | usage.copySource });
  const read = device.createBuffer({ size, usage: usage.copyTarget | usage.mapRead });
  const compute = { module: device.createShaderModule({ code }), entryPoint: 'main' };
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute });
  const commands = device.createCommandEncoder();
  const pass = commands.beginComputePass();
  pass.setPipeline(pipeline);
  const entries = [{ binding: 0, resource: { buffer: written } }];
  pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }));
  pass.dispatchWorkgroups(1);
  pass.end();
  commands.copyBufferToBuffer(written, 0, read, 0, size);
  device.queue.submit([commands.finish()]);
  await read.mapAsync(mapForReading);
  return new Float32Array(read.getMappedRange()).slice();
}
