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

/** The console is served by the hub at `/`; its requests go to the same origin. In development they are handed to a hub on port 3000. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [woff2Only, react()],
  resolve: { alias: { '@claimline/messages': room('messages'), '@claimline/protocol': room('protocol') } },
  build: {
    outDir: path.join(import.meta.dirname, '../../dist/apps/agent-console'),
    emptyOutDir: true,
    // The content security policy of the hub has no `data:`: small fonts and pictures stay files.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    // Libraries change seldom: browsers keep them when only our part is new.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'libraries', test: /node_modules\/(?!@fontsource|pdfjs-dist)/ }] } } },
  },
  server: {
    port: 5173,
    proxy: {
      '/api': 'http://localhost:3000',
      '/webhooks': 'http://localhost:3000',
      '/socket.io': { target: 'http://localhost:3000', ws: true },
    },
  },
});
