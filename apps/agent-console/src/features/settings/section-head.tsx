import type { ReactNode } from 'react';
import styles from './settings-page.module.css';

interface SectionHeadProps {
  readonly title: string;
  readonly hint: string;
  readonly actions?: ReactNode;
}

/** What a part of the settings is, and what can be done with it. */
export function SectionHead({ title, hint, actions }: SectionHeadProps) {
  return (
    <header className={styles.head}>
      <div className={styles.grow}>
        <h2 className={styles.title}>{title}</h2>
        <p className={styles.hint}>{hint}</p>
      </div>
      {actions}
    </header>
  );
}
