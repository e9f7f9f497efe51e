import { listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { statSync } from 'node:fs';
import { catalogue } from '../pipelines/catalogue.ts';
import { findPackagedApp } from './fixtures/packaged-app.ts';
import { expect, test } from './fixtures/test.ts';

test.describe('the packaged app', () => {
  test.skip(({ layout }) => layout === 'dev', 'there is no package in development');

  test('S9: has its fuses set; only the inspector is open, for these tests', async () => {
    const wire = await getCurrentFuseWire(findPackagedApp().executable);
    const states = Object.fromEntries(
      Object.values(FuseV1Options)
        .filter((option) => typeof option === 'number')
        .map((option) => [FuseV1Options[option], wire[option]]),
    );
    expect(states).toMatchObject({
      RunAsNode: FuseState.DISABLE,
      EnableCookieEncryption: FuseState.ENABLE,
      EnableNodeOptionsEnvironmentVariable: FuseState.DISABLE,
      EnableNodeCliInspectArguments: FuseState.ENABLE,
      EnableEmbeddedAsarIntegrityValidation: FuseState.ENABLE,
      OnlyLoadAppFromAsar: FuseState.ENABLE,
      LoadBrowserProcessSpecificV8Snapshot: FuseState.DISABLE,
      GrantFileProtocolExtraPrivileges: FuseState.DISABLE,
    });
  });

  test('ships what it runs and nothing else', () => {
    const { asar } = findPackagedApp();
    const files = listPackage(asar, { isPack: false }).map((file) => file.replaceAll('\\', '/'));
    expect(files).toContain('/out/main/index.js');
    const foreign = files.filter((file) =>
      /^\/(?!out(\/|$)|package\.json$)|\/(runner|tests?|e2e|standin|node_modules)(\/|$)|\.(tsx?|map)$/.test(
        file,
      ),
    );
    expect(foreign).toEqual([]);
    const models = files.filter((file) => file.endsWith('.onnx'));
    expect(models).toHaveLength(catalogue.length);
    expect(models.every((file) => file.startsWith('/out/renderer/assets/'))).toBe(true);
    expect(
      files.filter((file) => /\/faults?\b/.test(file)),
      'A58: no faults',
    ).toEqual([]);
    console.log(`app.asar: ${(statSync(asar).size / 1e6).toFixed(2)} MB, ${files.length} entries`);
  });

  test('A58: takes no faults, no endpoint and no numbers of recovery from its environment', async ({
    rig,
  }) => {
    const { studio, electron } = await rig.launch({
      env: {
        LINKSPAN_FAULT_HOOKS: '1',
        LINKSPAN_ENDPOINT: 'ws://127.0.0.1:9/ws',
        LINKSPAN_RECOVERY: '{"attempts": "some"}',
      },
    });
    await studio.part('no-endpoint').waitFor();
    expect(await electron.evaluate(() => Reflect.has(globalThis, 'linkspanFaults'))).toBe(false);
    await expect(studio.part('link-status')).toHaveAttribute('data-phase', 'idle');
    // A development build complains of those numbers.
    await expect(studio.part('notice')).toHaveCount(0);
    await rig.clear();
  });

  test('A58: has no way to reload it or to look into it', async ({ rig }) => {
    const { electron } = await rig.launch();
    const ids = await electron.evaluate(({ Menu }) => {
      const labels = (menu: Electron.Menu | null): string[] =>
        menu?.items.flatMap((item) => [item.id, ...(item.submenu ? labels(item.submenu) : [])]) ?? [];
      return labels(Menu.getApplicationMenu());
    });
    expect(ids).toContain('quit');
    expect(ids).not.toContain('reload');
    expect(ids).not.toContain('developer-tools');
    await rig.clear();
  });
});
