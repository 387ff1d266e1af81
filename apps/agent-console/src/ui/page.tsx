import type { ReactNode } from 'react';
import styles from './page.module.css';

interface PageProps {
  readonly title: string;
  /** Buttons and filters at the right of the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page beside the rail: its title, its actions, and what scrolls below. */
export function Page({ title, actions, children }: PageProps) {
  return (
    <section className={styles.page} aria-label={title}>
      <header className={styles.header}>
        <h1 className={styles.title}>{title}</h1>
        <div className={styles.actions}>{actions}</div>
      </header>
      <div className={styles.body}>{children}</div>
    </section>
  );
}
