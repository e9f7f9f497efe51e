import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import path from 'node:path';

const from = (file: string): string => path.join(import.meta.dirname, file);

/**
 * Everything the app runs is bundled: the package holds no node_modules, so it starts fast and what ships
 * is what was tested.
 */
export default defineConfig({
  main: {
    build: {
      externalizeDeps: false,
      lib: { entry: from('main/index.ts'), formats: ['es'] },
      outDir: 'out/main',
      rollupOptions: { external: ['electron', 'bufferutil', 'utf-8-validate'], output: { entryFileNames: '[name].js' } },
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
      assetsInlineLimit: 0,
      minify: true,
      modulePreload: { polyfill: false },
      rollupOptions: { input: from('renderer/index.html') },
    },
    worker: { format: 'es' },
    plugins: [react()],
  },
});
