import type { ReactNode } from 'react';
import styles from './chip.module.css';

/** A short word about something. Grey unless the tone means something. */
export function Chip({
  children,
  tone = 'plain',
  title,
}: {
  readonly children: ReactNode;
  readonly tone?: 'plain' | 'accent' | 'warn' | 'danger' | 'good';
  readonly title?: string;
}) {
  return (
    <span className={styles.chip} data-tone={tone} title={title}>
      {children}
    </span>
  );
}
