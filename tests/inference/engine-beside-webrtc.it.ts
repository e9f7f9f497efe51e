import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const script = fileURLToPath(new URL('engine-beside-webrtc.fixture.ts', import.meta.url));

it('lives beside WebRTC in one process, and ends in the midst of runs without taking the process along', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [script], { timeout: 50_000 });
  expect(stdout).toBe('disposed after 20 frames\n');
});
