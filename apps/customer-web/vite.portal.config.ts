import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const room = (name: string): string => path.join(import.meta.dirname, '../../libs', name, 'src/index.ts');

/** Every browser we serve reads woff2; the woff copies of the Chinese fonts would double the size of the build. */
const woff2Only: Plugin = {
  name: 'woff2-only',
  enforce: 'pre',
  transform: {
    filter: { id: /@fontsource.*\.css$/ },
    handler: (code) => ({ code: code.replace(/,\s*url\([^)]*\.woff\)\s*format\('woff'\)/g, ''), map: null }),
  },
};

/** The customers' portal, served by the hub below `/portal`: a bundle of its own, so that nothing of the demo comes with it. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [woff2Only, react()],
  resolve: { alias: { '@claimline/messages': room('messages'), '@claimline/protocol': room('protocol') } },
  build: {
    outDir: path.join(import.meta.dirname, '../../dist/apps/customer-web'),
    emptyOutDir: false,
    assetsDir: 'portal/assets',
    assetsInlineLimit: 0,
    rolldownOptions: { input: { portal: path.join(import.meta.dirname, 'portal/index.html') } },
  },
});
