import './strict-zod';
import '@mantine/core/styles.layer.css';
import './theme/tokens.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { startLocales } from './locales';

// The rules of the Chinese font come before the first words: Chromium does not look again for glyphs it has once missed.
// They fetch nothing by themselves, and without them the system's fonts do.
const fonts = import('./theme/fonts').catch(() => undefined);
await Promise.all([startLocales(), fonts]);
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
