import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import config from '../../electron.vite.config.ts';

export interface BuiltTestPage {
  folder: string;
  dispose(): Promise<void>;
}

/** Builds a test's own page (`index.html` in `root`) by the app's own settings, into a folder of its own. */
export async function buildTestPage(root: string): Promise<BuiltTestPage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'linkspan-test-page-'));
  const { renderer } = config as { renderer: { build: object } };
  await build({
    ...renderer,
    root,
    base: './',
    configFile: false,
    logLevel: 'error',
    build: {
      ...renderer.build,
      outDir: folder,
      emptyOutDir: true,
      rollupOptions: { input: path.join(root, 'index.html') },
    },
  });
  return { folder, dispose: () => rm(folder, { recursive: true, force: true }) };
}
