import { useId, type InputHTMLAttributes } from 'react';
import styles from './ui.module.css';

interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value'> {
  readonly label: string;
  readonly hint?: string;
  readonly problem?: string;
  readonly value: string;
  readonly look?: 'code';
  onValue(value: string): void;
}

/** A line to fill in, with its label and what is wrong with it. */
export function Field({ label, hint, problem, look, onValue, ...input }: FieldProps) {
  const id = useId();
  const said = [hint !== undefined && `${id}-hint`, problem !== undefined && `${id}-problem`].filter(Boolean).join(' ');
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {hint !== undefined && (
        <span className={styles.hint} id={`${id}-hint`}>
          {hint}
        </span>
      )}
      <input
        {...input}
        id={id}
        className={look === 'code' ? `${styles.input} ${styles.code}` : styles.input}
        aria-invalid={problem !== undefined}
        aria-describedby={said || undefined}
        onChange={(event) => onValue(event.target.value)}
      />
      {problem !== undefined && (
        <span className={styles.problem} id={`${id}-problem`} role="alert">
          {problem}
        </span>
      )}
    </div>
  );
}
