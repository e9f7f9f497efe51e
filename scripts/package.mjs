/**
 * `npm run package`: the app's unpacked layout in release/, with real Electron where there is one and with
 * the stand-in elsewhere (marked `-standin`: for looking and testing, never to be published). `--for-tests`
 * opens the inspector's fuse, so that Playwright can drive the packaged app. Other arguments go to
 * electron-builder; its targets (`--linux deb`, `--mac`, …) replace the unpacked layout.
 */
import { readdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { runScript, setup } from './setup.mjs';
import { SetupError, root, run } from './setup/project.mjs';

const require = createRequire(import.meta.url);

/** The folder that electron-builder leaves for `--dir`, by platform: linux-unpacked, mac-arm64, win-unpacked. */
const unpacked = /^(?:linux|win|mac)(?:-|$)/;

await runScript(async () => {
  const args = process.argv.slice(2);
  const forTests = args.includes('--for-tests');
  const passedOn = args.filter((arg) => arg !== '--for-tests');
  const { env, node } = await setup();
  const standIn = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (standIn && passedOn.length > 0) {
    throw new SetupError(
      'Installers and publishing need real Electron: the stand-in makes the unpacked layout only.',
    );
  }
  const output = path.join(root, 'release', forTests ? 'for-tests' : 'app');
  rmSync(output, { recursive: true, force: true });
  run(
    'Packaging',
    node,
    [
      require.resolve('electron-builder/cli.js'),
      ...(passedOn.length > 0 ? passedOn : ['--dir', '--publish=never']),
      `-c.directories.output=${output}`,
      ...(forTests ? ['-c.electronFuses.enableNodeCliInspectArguments=true'] : []),
      ...(standIn ? [`-c.electronDist=${standIn}`] : []),
    ],
    { env: { ...env, ...(forTests ? { CSC_IDENTITY_AUTO_DISCOVERY: 'false' } : {}) } },
  );
  const built = readdirSync(output).find((name) => unpacked.test(name));
  if (!built) return;
  const folder = path.join(output, standIn ? `${built}-standin` : built);
  renameSync(path.join(output, built), folder);
  console.log(`\nPackaged into ${path.relative(root, folder)}`);
  run('Looking into the package', node, [path.join(root, 'scripts/package/contents.mjs'), folder], { env });
  const variant = forTests ? ['--for-tests'] : [];
  run('Reading its fuses', node, [path.join(root, 'scripts/package/fuses.ts'), folder, ...variant], { env });
});
