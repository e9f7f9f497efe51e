import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, it } from 'vitest';

/** A network namespace needs Linux and the right to make one. */
const canIsolate = spawnSync('unshare', ['--net', 'ip', 'link', 'set', 'lo', 'up']).status === 0;

it.skipIf(!canIsolate)('A64: page and main connect with nothing but the loopback interface', async () => {
  const script = path.join(import.meta.dirname, 'only-loopback.ts');
  const command = `ip link set lo up && exec "${process.execPath}" "${script}"`;
  const child = spawn('unshare', ['--net', 'sh', '-c', command], { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code).toBe(0);
});
