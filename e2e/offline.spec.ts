import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { appEnvironment } from '../scripts/drive/launch-app.ts';
import { expect, test } from './fixtures/test.ts';

/** A network namespace needs Linux and the right to make one. */
const canIsolate = spawnSync('unshare', ['--net', 'ip', 'link', 'set', 'lo', 'up']).status === 0;

test.describe('a machine without any network', () => {
  test.skip(!canIsolate, 'this system lets nobody make a network namespace');

  test('A63: has a picture at the first start, without an account', async ({ rig }) => {
    const script = path.join(import.meta.dirname, 'fixtures/offline-start.ts');
    // Shell words of their own, so that no path is read as anything else.
    const words = [
      process.execPath,
      script,
      rig.path('user-data'),
      ...(rig.executable ? [rig.executable] : []),
    ];
    const child = spawn('unshare', ['--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', ...words], {
      env: appEnvironment(rig.mark),
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code).toBe(0);
  });
});
