import type { ThreadFact } from '@claimline/protocol';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFactText } from './fact-text';
import styles from './facts-entry.module.css';
import { At } from './message-entry';

// More than this in a row is noise between two messages.
const SHOWN = 2;

function Fact({ fact }: { readonly fact: ThreadFact }) {
  const text = useFactText(fact);
  return (
    <li className={styles.fact}>
      <span>{text}</span> · <At at={fact.at} />
    </li>
  );
}

/** What happened to the conversation between two messages; a long run is folded to its last. */
export function FactsEntry({ facts }: { readonly facts: readonly ThreadFact[] }) {
  const { t } = useTranslation('thread');
  const [open, setOpen] = useState(false);
  const folded = facts.length > SHOWN && !open;
  const shown = folded ? facts.slice(-1) : facts;
  return (
    <ul className={styles.facts}>
      {facts.length > SHOWN && (
        <li>
          <button type="button" className={styles.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? t('fewerFacts') : t('moreFacts', { count: facts.length - 1 })}
          </button>
        </li>
      )}
      {shown.map((fact) => (
        <Fact key={fact.id} fact={fact} />
      ))}
    </ul>
  );
}
