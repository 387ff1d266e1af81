import { GoLink } from '../../navigation';
import styles from './wallboard.module.css';

interface TileProps {
  readonly name: string;
  readonly value: string;
  readonly tone?: 'warn' | 'danger';
  /** Where the figure is shown one by one; `#…` is a place on this page. */
  readonly href?: string;
}

/** One figure, large; pressing it shows what it counts. */
export function Tile({ name, value, tone, href }: TileProps) {
  const content = (
    <>
      <span className={styles.value} data-tone={tone}>
        {value}
      </span>
      <span className={styles.name}>{name}</span>
    </>
  );
  if (!href) return <div className={styles.tile}>{content}</div>;
  if (href.startsWith('#')) {
    return (
      <button
        type="button"
        className={styles.tile}
        onClick={() => document.getElementById(href.slice(1))?.scrollIntoView({ behavior: 'smooth' })}
      >
        {content}
      </button>
    );
  }
  return (
    <GoLink href={href} className={styles.tile}>
      {content}
    </GoLink>
  );
}
