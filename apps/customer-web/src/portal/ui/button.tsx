import type { ButtonHTMLAttributes } from 'react';
import styles from './ui.module.css';

/** A button as large as a thumb; `quiet` for what is not the main thing. */
export function Button({ quiet, busy, disabled, ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { quiet?: boolean; busy?: boolean }) {
  return (
    <button
      type="button"
      {...rest}
      aria-busy={busy || undefined}
      disabled={disabled || busy}
      className={quiet ? `${styles.button} ${styles.quiet}` : styles.button}
    />
  );
}
