import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Portal } from './portal';
import './fonts';
import './tokens.css';

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Portal path={window.location.pathname} />
  </StrictMode>,
);
