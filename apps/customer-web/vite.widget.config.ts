import path from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const source = (file: string): string => path.join(import.meta.dirname, 'src/widget', file);

/** The word in the loader that becomes the panel's file name. */
const PANEL = '__PANEL_FILE__';
/** The word that becomes `import`: vite would wrap that into a helper for modules, which a plain script cannot run. */
const IMPORT = '__IMPORT__';

/**
 * Makes the loader a script that any tag can load: no import, nothing global, and the name of the panel, which carries the hash of what is in it, written into it.
 */
function classicLoader(): Plugin {
  return {
    name: 'claimline-classic-loader',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const loader = chunks.find(({ name }) => name === 'widget');
      const panel = chunks.find(({ name }) => name === 'panel');
      if (!loader || !panel || chunks.length !== 2) return this.error('the widget is a loader and a panel that share no code');
      const code = loader.code.replace(PANEL, panel.fileName).replace(IMPORT, 'import').trim();
      if (/import\.meta|\bexport\b/.test(code)) return this.error('the loader is no plain script any more');
      loader.code = `(()=>{${code}})();\n`;
    },
  };
}

/** The chat widget: `widget.js`, which websites load, and the panel, which it loads when somebody wants to chat. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [classicLoader()],
  build: {
    outDir: path.join(import.meta.dirname, '../../dist/apps/customer-web'),
    emptyOutDir: false,
    copyPublicDir: false,
    // Browsers of the last four years; constructable style sheets are younger than everything else that is used.
    target: ['chrome100', 'edge100', 'firefox101', 'safari16.4'],
    modulePreload: false,
    rollupOptions: {
      input: { widget: source('loader.ts'), panel: source('panel.ts') },
      preserveEntrySignatures: 'exports-only',
      output: { entryFileNames: ({ name }) => (name === 'widget' ? 'widget.js' : 'widget/panel-[hash].js') },
    },
  },
});
