import { createPackage } from '@electron/asar';
import { flipFuses, FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildStandin, eventually, demoApp, launchDemo, scratchFolder } from './launch-demo.ts';

declare const record: { secondInstances: { argv: string[]; cwd: string; data: unknown }[] };

let dist = '';

const built = scratchFolder();

beforeAll(() => {
  dist = buildStandin(built.path);
});

afterAll(() => built[Symbol.dispose]());

/** Live processes whose command line names the folder. */
function processesOf(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder);
      } catch {
        return false; // ended while we looked
      }
    })
    .map(Number);
}

describe('start and end', () => {
  it('quits with Chromium, and a listener can veto', async () => {
    using scratch = scratchFolder();
    const app = await launchDemo({ dist, userData: path.join(scratch.path, 'data') });
    await app.firstWindow();
    const order = await app.evaluate(async ({ app }) => {
      const events: string[] = [];
      const vetoed = new Promise<void>((resolve) =>
        app.once('before-quit', (event) => {
          event.preventDefault();
          events.push('before-quit');
          setImmediate(resolve);
        }),
      );
      app.on('will-quit', () => events.push('will-quit'));
      app.quit();
      await vetoed;
      return events;
    });
    expect(order).toEqual(['before-quit']);
    await app.close();
    await eventually(() => processesOf(scratch.path)).toEqual([]);
  });

  it('leaves no Chromium behind when it is killed', async () => {
    using scratch = scratchFolder();
    const app = await launchDemo({ dist, userData: path.join(scratch.path, 'data') });
    await app.firstWindow();
    expect(processesOf(scratch.path).length).toBeGreaterThan(1);
    app.process().kill('SIGKILL');
    await eventually(() => processesOf(scratch.path)).toEqual([]);
    expect(readdirSync(path.join(scratch.path, 'data'))).toContain('standin-chromium');
  });

  it('hands a second start to the first one and starts no browser for it', async () => {
    using scratch = scratchFolder();
    const app = await launchDemo({ dist, userData: path.join(scratch.path, 'data') });
    await app.firstWindow();
    const second = spawn(
      path.join(dist, 'electron'),
      [demoApp, `--user-data-dir=${path.join(scratch.path, 'data')}`, 'demo://link'],
      {
        cwd: scratch.path,
        stdio: 'ignore',
      },
    );
    const [code] = (await once(second, 'exit')) as [number];
    expect(code).toBe(0);
    await eventually(() => app.evaluate(() => record.secondInstances)).toEqual([
      { argv: expect.arrayContaining(['demo://link']), cwd: scratch.path, data: { from: 'demo' } },
    ]);
    await app.close();
  });

  it('takes the lock over from a holder that was killed', async () => {
    using scratch = scratchFolder();
    const first = await launchDemo({ dist, userData: path.join(scratch.path, 'data') });
    await first.firstWindow();
    first.process().kill('SIGKILL');
    await eventually(() => processesOf(scratch.path)).toEqual([]);
    const next = await launchDemo({ dist, userData: path.join(scratch.path, 'data') });
    await next.firstWindow();
    expect(await next.evaluate(({ app }) => app.hasSingleInstanceLock())).toBe(true);
    await next.close();
  });
});

describe('clear errors', () => {
  const start = (env: Record<string, string>, args: string[]): string =>
    spawnSync(path.join(dist, 'electron'), args, { encoding: 'utf8', env: { ...process.env, ...env } })
      .stderr;

  it('says what to install without a Chromium, and which variable is wrong', () => {
    expect(start({ STANDIN_CHROMIUM: '/nowhere' }, [demoApp])).toContain(
      "STANDIN_CHROMIUM names '/nowhere', which is not an executable file",
    );
  });

  it('says so without an app and for a missing one', () => {
    expect(start({}, [])).toContain('no app given');
    expect(start({}, ['/no/such/app'])).toContain('Unable to find Electron app at /no/such/app');
  });

  it('says so when there is no Node to run on', () => {
    expect(start({ STANDIN_NODE: '/no/node' }, [demoApp])).toContain('set STANDIN_NODE to a Node 24 binary');
  });
});

describe('a packaged app', () => {
  it('runs from app.asar under a name of its own, with fuses that the launcher obeys', async () => {
    using scratch = scratchFolder();
    const folder = path.join(scratch.path, 'package');
    cpSync(dist, folder, { recursive: true });
    const executable = path.join(folder, 'standin-demo');
    renameSync(path.join(folder, 'electron'), executable);
    await createPackage(demoApp, path.join(folder, 'resources/app.asar'));
    const userData = path.join(scratch.path, 'data');

    const app = await launchDemo({ dist, userData, executable });
    const page = await app.firstWindow();
    await eventually(() => page.title()).toBe('Demo page');
    const facts = await app.evaluate(({ app }) => [
      app.isPackaged,
      app.getAppPath().endsWith('app.asar'),
      process.resourcesPath,
      app.getPath('exe'),
    ]);
    expect(facts).toEqual([true, true, path.join(folder, 'resources'), executable]);
    await app.close();

    await flipFuses(executable, {
      version: FuseVersion.V1,
      [FuseV1Options.RunAsNode]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: false,
    });
    const wire = await getCurrentFuseWire(executable);
    expect(String.fromCharCode(wire[FuseV1Options.EnableNodeCliInspectArguments]!)).toBe('0');
    expect(statSync(executable).mode & 0o111).toBe(0o111);
    const asNode = spawnSync(executable, ['-e', 'console.log("ran as node")', '--version'], {
      encoding: 'utf8',
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    });
    expect(asNode.stdout.trim()).toBe('v45.4.1');
    const released = spawn(
      executable,
      [`--user-data-dir=${userData}`, '--inspect=0', '--remote-debugging-port=0'],
      {
        env: { ...process.env, STANDIN_HEADLESS: '1' },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    let said = '';
    for await (const chunk of released.stderr) {
      said += String(chunk);
      if (said.includes('DevTools listening')) break;
    }
    released.kill();
    expect(said).not.toContain('Debugger listening');
    await once(released, 'exit');
    await eventually(() => processesOf(userData)).toEqual([]);
  });
});
