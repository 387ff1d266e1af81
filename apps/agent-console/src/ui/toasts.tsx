import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { createStore, useStore } from '../client';
import styles from './toasts.module.css';

/** What was done, and how to take it back. */
export interface Toast {
  readonly text: string;
  readonly tone?: 'plain' | 'danger';
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Milliseconds it stays; 6 s unless told otherwise. */
  readonly lasts?: number;
}

interface Shown extends Toast {
  readonly id: number;
}

const shown = createStore<readonly Shown[]>([]);
let last = 0;

const dismiss = (id: number): void => shown.set((all) => all.filter((one) => one.id !== id));

/** Shows a toast; returns how to take it away. */
export function toast(one: Toast): () => void {
  const id = (last += 1);
  shown.set((all) => [...all.slice(-2), { ...one, id }]);
  setTimeout(() => dismiss(id), one.lasts ?? 6_000);
  return () => dismiss(id);
}

/** Where toasts appear; once, in the shell. A live region. */
export function Toasts() {
  const { t } = useTranslation();
  const toasts = useStore(shown);
  return (
    <div className={styles.toasts} role="status" aria-live="polite">
      {toasts.map((one) => (
        <div key={one.id} className={styles.toast} data-tone={one.tone ?? 'plain'}>
          <span className={styles.text}>{one.text}</span>
          {one.action && (
            <button
              type="button"
              className={styles.action}
              onClick={() => {
                dismiss(one.id);
                one.action?.run();
              }}
            >
              {one.action.label}
            </button>
          )}
          <button type="button" className={styles.close} aria-label={t('close')} onClick={() => dismiss(one.id)}>
            <IconX size={14} />
          </button>
        </div>
      ))}
    </div>
  );
}
