import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';

// The oldest Electron that the application runs on is 33 (the npm registry's): Chromium 130, Node 20.18.
const NODE_TARGET = 'node20.18';
const CHROME_TARGET = 'chrome130';

const root = import.meta.dirname;

/** Every electron/workers/NAME.ts becomes out/main/workers/NAME.js. */
function workerEntries(): Record<string, string> {
  const folder = path.join(root, 'electron', 'workers');
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
  return Object.fromEntries(
    files.map((file) => [`workers/${path.basename(file, '.ts')}`, path.join(folder, file)]),
  );
}

export default defineConfig({
  main: {
    build: {
      target: NODE_TARGET,
      outDir: 'out/main',
      emptyOutDir: true,
      minify: false,
      rolldownOptions: {
        input: { main: path.join(root, 'electron', 'main.ts'), ...workerEntries() },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: NODE_TARGET,
      outDir: 'out/preload',
      emptyOutDir: true,
      minify: false,
      // A sandboxed preload can require nothing but Electron: everything else is in its one file.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: path.join(root, 'electron', 'preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: path.join(root, 'renderer'),
    base: './',
    plugins: [vue()],
    define: {
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
      __VUE_I18N_FULL_INSTALL__: 'false',
      __VUE_I18N_LEGACY_API__: 'false',
      __INTLIFY_PROD_DEVTOOLS__: 'false',
    },
    build: {
      target: CHROME_TARGET,
      outDir: path.join(root, 'out', 'renderer'),
      minify: true,
      emptyOutDir: true,
      // The content security policy allows no inline script, and a local file needs no preloading.
      modulePreload: false,
      // Fonts and pictures stay files.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { input: path.join(root, 'renderer', 'index.html') },
    },
  },
});
