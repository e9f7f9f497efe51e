import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { mayHaveGpu } from '../../runner/src/inference/gpu-device.ts';
import { builtInModelDir, createEngine, detectProviders } from '../../runner/src/inference/index.ts';

const others = ['coreml', 'cuda', 'dml', 'webgpu'] as const;

const trial = new URL('trial.fixture.ts', import.meta.url);

/** How the trials fare that are started from now on; see the fixture. */
function setFates(fates: Record<string, string | number>): void {
  const all = Object.entries(fates).map(([name, fate]): [string, string] => [name, String(fate)]);
  vi.stubEnv('TRIAL', new URLSearchParams(all).toString());
}

afterEach(() => vi.unstubAllEnvs());

/** Where a trial's process connects to. `arrived` gives the connection, `gone` resolves once it has ended. */
async function watchProcess(): Promise<{ port: number; arrived: Promise<Socket>; gone: Promise<void> }> {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const arrived = once(server, 'connection').then(([socket]) => socket as Socket);
  const gone = arrived.then(async (socket) => {
    // A process that is killed may reset its connections.
    socket.on('error', () => undefined).resume();
    await once(socket, 'close');
  });
  return { port: (server.address() as AddressInfo).port, arrived, gone };
}

it('gives a verdict on every provider of this machine, and the CPU in any case', async () => {
  const plan = await detectProviders('auto', { mayHaveGpu: true });
  expect(plan.choice).toBe('auto');
  expect(plan.usable.at(-1)).toBe('cpu');
  const judged = [...plan.usable.slice(0, -1), ...plan.problems.map(({ provider }) => provider)];
  expect(judged.toSorted()).toEqual(others);
  for (const { reason } of plan.problems) expect(reason).toMatch(/^\S.{5,300}$/);
  // What the trial finds to work must carry a pipeline.
  const engine = createEngine({ modelDirs: [builtInModelDir], log: () => undefined });
  onTestFinished(() => engine.dispose());
  expect(await engine.load('sketch', {}, plan)).toMatchObject({ ok: true });
});

it('tries nothing for the CPU, and only what was chosen', async () => {
  setFates({ cuda: 'throw', dml: 'throw', coreml: 'throw' });
  expect(await detectProviders('cpu', { trial })).toEqual({
    choice: 'cpu',
    usable: ['cpu'],
    problems: [],
  });
  expect(await detectProviders('webgpu', { trial })).toEqual({
    choice: 'webgpu',
    usable: ['webgpu', 'cpu'],
    problems: [],
  });
});

it('tries nothing by itself on a machine that has no GPU, and says so', async () => {
  setFates({ cuda: 'throw', dml: 'throw', coreml: 'throw' });
  const plan = await detectProviders('auto', { mayHaveGpu: false, trial });
  expect(plan.usable).toEqual(['cpu']);
  expect(plan.problems).toContainEqual({ provider: 'cuda', reason: 'this machine has no GPU' });
  expect(mayHaveGpu('darwin')).toBe(true);
});

it('survives providers that abort, throw and refuse, and still tries the ones after them', async () => {
  setFates({ cuda: 'abort', dml: 'refuse', coreml: 'throw' });
  expect(await detectProviders('auto', { mayHaveGpu: true, trial })).toEqual({
    choice: 'auto',
    usable: ['webgpu', 'cpu'],
    problems: [
      { provider: 'cuda', reason: 'its trial ended the process (SIGABRT)' },
      { provider: 'dml', reason: 'no such device' },
      { provider: 'coreml', reason: 'its trial ended the process (exit 1)' },
    ],
  });
});

it('gives up on a provider that hangs, ends its process, and tries the ones after it', async () => {
  const { port, gone } = await watchProcess();
  setFates({ dml: 'hang', port });
  const plan = await detectProviders('auto', { mayHaveGpu: true, trial, limitMs: 1000 });
  expect(plan.usable).toEqual(['cuda', 'coreml', 'webgpu', 'cpu']);
  expect(plan.problems).toEqual([{ provider: 'dml', reason: 'no answer within 1 s' }]);
  await gone;
});

it('stops when it is told to, and leaves no process behind', async () => {
  const { port, arrived, gone } = await watchProcess();
  const stop = new AbortController();
  setFates({ cuda: 'hang', port });
  const detecting = detectProviders('auto', { mayHaveGpu: true, trial, signal: stop.signal });
  await arrived;
  stop.abort();
  expect(await detecting).toMatchObject({
    usable: ['cpu'],
    problems: ['cuda', 'dml', 'coreml', 'webgpu'].map((provider) => ({ provider, reason: 'not tried' })),
  });
  await gone;
  expect((await detectProviders('auto', { mayHaveGpu: true, signal: stop.signal })).usable).toEqual(['cpu']);
});

it('leaves no process behind when the runner is killed in the midst of a trial that hangs', async () => {
  const { port, arrived, gone } = await watchProcess();
  const script = fileURLToPath(new URL('detecting.fixture.ts', import.meta.url));
  setFates({ cuda: 'hang', port });
  const runner = fork(script, [], { execArgv: [], stdio: 'ignore' });
  await arrived;
  runner.kill('SIGKILL');
  await gone;
});
