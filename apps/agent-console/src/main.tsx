import '@mantine/core/styles.layer.css';
import './theme/tokens.css';
import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import { App } from './app/app';
import { startLocales } from './locales';

// The page's security policy forbids making functions from text, which is how zod speeds up its checks.
config({ jitless: true });

await startLocales();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
void import('./theme/fonts');
