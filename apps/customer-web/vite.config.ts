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

/** The pages for customers, served by the hub below `/demo`. The widget has a configuration of its own: it lives on other people's pages. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [woff2Only, react()],
  resolve: { alias: { '@claimline/messages': room('messages'), '@claimline/protocol': room('protocol') } },
  build: {
    outDir: path.join(import.meta.dirname, '../../dist/apps/customer-web'),
    emptyOutDir: true,
    // The hub hands out what lies below `/demo/`, so the assets lie there too.
    assetsDir: 'demo/assets',
    assetsInlineLimit: 0,
    rolldownOptions: { input: { demo: path.join(import.meta.dirname, 'demo/index.html') } },
  },
  server: {
    port: 5174,
    proxy: {
      '/api': 'http://localhost:3000',
      '/demo/manifest.json': 'http://localhost:3000',
      '/demo/sandbox': 'http://localhost:3000',
      '/demo/files': 'http://localhost:3000',
      '/demo/clock': 'http://localhost:3000',
      '/demo/network': 'http://localhost:3000',
      '/socket.io': { target: 'http://localhost:3000', ws: true },
    },
  },
});
