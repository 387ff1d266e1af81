import type { ReactNode } from 'react';
import styles from './ui.module.css';

/** Something that has happened or is to be known, read out when it appears. */
export function Note({ tone = 'plain', children }: { readonly tone?: 'plain' | 'good' | 'warn' | 'danger'; readonly children: ReactNode }) {
  return (
    <p className={styles.note} data-tone={tone} role={tone === 'danger' ? 'alert' : 'status'}>
      {children}
    </p>
  );
}
