import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The page is built from the sources of the packages that it shares with the server, as the tests run on them. */
export default defineConfig({
  root: here('./src/client'),
  base: './',
  resolve: {
    alias: [{ find: /^@faultline\/([a-z]+)$/, replacement: here('../../packages/$1/src/index.ts') }],
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: here('./dist/client'),
    emptyOutDir: true,
    target: 'es2023',
    // Everything comes from this server, as files: the content security policy allows nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { treeshake: { moduleSideEffects: (id) => !/[\\/]packages[\\/]|rxjs|seedrandom/.test(id) } },
  },
});
