import { useDebouncedValue } from '@mantine/hooks';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearch } from '../../client';
import { useWords } from '../../locales';
import { Highlight, SearchField } from '../../ui';
import styles from './write-first.module.css';

interface ChooseRecipientProps {
  readonly onContact: (id: string) => void;
  readonly onClaim: (number: string) => void;
}

/** Whom to write to: a customer by name or address, or a party of a claim by number, plate or policy. */
export function ChooseRecipient({ onContact, onClaim }: ChooseRecipientProps) {
  const { t } = useTranslation('write-first');
  const words = useWords();
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text.trim(), 150);
  const { data, isFetching, error } = useSearch(q);
  const [at, setAt] = useState(0);
  const rows = [
    ...(data?.contacts ?? []).map((one) => ({ key: one.id, title: one.name, detail: one.address ?? '', pick: () => onContact(one.id) })),
    ...(data?.claims ?? []).map((one) => ({
      key: one.number,
      title: one.number,
      detail: [one.who, words.stage(one.stage), one.plate].filter(Boolean).join(' · '),
      pick: () => onClaim(one.number),
    })),
  ];
  const shown = q ? rows : [];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, shown.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) shown[at]?.pick();
    else return;
    event.preventDefault();
  };
  const change = (value: string) => {
    setText(value);
    setAt(0);
  };
  return (
    <div className={styles.choose}>
      <SearchField label={t('to')} value={text} onChange={change} busy={isFetching} autoFocus onKeyDown={onKeyDown} />
      <ul className={styles.options} aria-label={t('to')}>
        {shown.map((row, index) => (
          <li key={row.key}>
            <button
              type="button"
              className={styles.option}
              data-active={index === at || undefined}
              onMouseMove={() => setAt(index)}
              onClick={row.pick}
            >
              <span className={styles.strong}>
                <Highlight text={row.title} query={q} />
              </span>
              <span className={styles.quiet}>
                <Highlight text={row.detail} query={q} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      {shown.length === 0 && (
        <p className={styles.hint} role="status">
          {error ? words.error(error) : t(q && !isFetching ? 'nobody' : 'toHint')}
        </p>
      )}
    </div>
  );
}
