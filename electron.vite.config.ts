import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const from = (file: string): string => path.join(import.meta.dirname, file);

/** Puts `main/assets` (icons that main reads by path) beside main's bundle. */
const mainAssets = (): Plugin => ({
  name: 'linkspan-main-assets',
  generateBundle() {
    const folder = from('main/assets');
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      const fileName = path.relative(folder, file).replaceAll(path.sep, '/');
      this.emitFile({ type: 'asset', fileName, source: readFileSync(file) });
    }
  },
});

/**
 * Everything the app runs is bundled: the package holds no node_modules, so it starts fast and what ships
 * is what was tested.
 */
export default defineConfig({
  main: {
    plugins: [mainAssets()],
    build: {
      externalizeDeps: false,
      lib: {
        entry: { index: from('main/index.ts'), 'finish-recording': from('main/recording/finish-worker.ts') },
        formats: ['es'],
      },
      outDir: 'out/main',
      rollupOptions: {
        external: ['electron', 'bufferutil', 'utf-8-validate'],
        // Names that can be relied on: electron-builder.yml leaves the fault hooks out by theirs.
        output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      lib: { entry: from('preload/index.ts') },
      outDir: 'out/preload',
      rollupOptions: { external: ['electron'], output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: from('renderer'),
    build: {
      outDir: from('out/renderer'),
      // What Electron 45 brings, and more: without it `light-dark()` is rewritten in a way that cannot be nested.
      target: 'chrome140',
      cssTarget: 'chrome140',
      // Read from disk, once.
      chunkSizeWarningLimit: 800,
      assetsInlineLimit: 0,
      minify: true,
      modulePreload: { polyfill: false },
      rollupOptions: { input: { index: from('renderer/index.html'), output: from('renderer/output.html') } },
    },
    // With onnxruntime's bundled loader two threads wait for each other for ever: it is given its files by address.
    resolve: { conditions: ['onnxruntime-web-use-extern-wasm', 'module', 'browser', 'production'] },
    worker: { format: 'es' },
    plugins: [react()],
  },
});
