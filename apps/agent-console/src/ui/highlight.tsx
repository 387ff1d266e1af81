import styles from './highlight.module.css';
import { aroundMatch, matchesIn } from './matches';

interface HighlightProps {
  readonly text: string;
  readonly query: string;
  /** For long texts: begins shortly before the first match. */
  readonly around?: boolean;
}

/** A text in which the words of a search are marked. */
export function Highlight({ text, query, around = false }: HighlightProps) {
  const parts = matchesIn(around ? aroundMatch(text, query) : text, query);
  return (
    <>
      {parts.map((part, at) =>
        part.found ? (
          <mark key={at} className={styles.found}>
            {part.text}
          </mark>
        ) : (
          <span key={at}>{part.text}</span>
        ),
      )}
    </>
  );
}
