import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build as bundle } from 'esbuild';
import { build } from 'vite';
import config from '../../electron.vite.config.ts';

export interface BuiltPage {
  folder: string;
  /** Source of the played main, to be run before the page's own scripts. */
  fakeMain: string;
  dispose(): Promise<void>;
}

/** Builds the page with the app's own settings into a folder of its own, and the played main beside it. */
export async function buildPage(): Promise<BuiltPage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'linkspan-page-'));
  const { renderer } = config as { renderer: { build: object } };
  await build({
    ...renderer,
    base: './',
    configFile: false,
    logLevel: 'error',
    build: { ...renderer.build, outDir: folder, emptyOutDir: true },
  });
  const bundled = await bundle({
    entryPoints: [path.join(import.meta.dirname, 'fake-main.browser.ts')],
    bundle: true,
    format: 'iife',
    write: false,
  });
  return {
    folder,
    fakeMain: bundled.outputFiles[0]!.text,
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}
