import type { ReactNode } from 'react';
import styles from './ui.module.css';

/** One matter on the page, with its title. */
export function Card({ title, level = 1, children }: { readonly title?: string; readonly level?: 1 | 2; readonly children: ReactNode }) {
  const Title = level === 1 ? 'h1' : 'h2';
  return (
    <section className={styles.card}>
      {title !== undefined && <Title className={level === 1 ? styles.title : styles.subtitle}>{title}</Title>}
      {children}
    </section>
  );
}
