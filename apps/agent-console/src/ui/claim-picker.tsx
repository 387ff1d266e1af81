import { Popover, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useId, useState, type KeyboardEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useClaims } from '../client';
import { useWords } from '../locales';
import styles from './claim-picker.module.css';
import { Highlight } from './highlight';

interface ClaimPickerProps {
  readonly opened: boolean;
  readonly onOpen: (opened: boolean) => void;
  readonly onPick: (number: string) => void;
  readonly title: string;
  /** The button it hangs from. */
  readonly children: ReactElement;
}

/** Finds a claim by number, plate, policy or name; arrows and Enter, or a click. */
export function ClaimPicker({ opened, onOpen, onPick, title, children }: ClaimPickerProps) {
  return (
    <Popover opened={opened} onChange={onOpen} position="bottom-end" width={320} trapFocus returnFocus withinPortal>
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown p={0} aria-label={title}>
        {opened && <ClaimSearch title={title} onPick={onPick} />}
      </Popover.Dropdown>
    </Popover>
  );
}

/** The search itself, for a place that is open anyway. */
export function ClaimSearch({ title, onPick }: Pick<ClaimPickerProps, 'title' | 'onPick'>) {
  const { t } = useTranslation('desk');
  const words = useWords();
  const list = useId();
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text.trim(), 150);
  const [at, setAt] = useState(0);
  const { data: claims = [], isPending, error } = useClaims(q);
  const shown = claims.slice(0, 8);
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = shown[at];
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, shown.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else if (event.key === 'Enter' && chosen && !event.nativeEvent.isComposing) onPick(chosen.number);
    else return;
    event.preventDefault();
  };
  const option = (number: string): string => `${list}-${number}`;
  return (
    <div className={styles.picker}>
      <TextInput
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={shown[at] && option(shown[at].number)}
        aria-label={title}
        placeholder={t('claimPicker.placeholder')}
        leftSection={<IconSearch size={14} stroke={1.8} />}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul className={styles.list} id={list} role="listbox" aria-label={title}>
        {shown.map((claim, index) => (
          <li
            key={claim.number}
            id={option(claim.number)}
            role="option"
            aria-selected={index === at}
            className={styles.option}
            onMouseMove={() => setAt(index)}
            onClick={() => onPick(claim.number)}
          >
            <span className={styles.head}>
              <strong>
                <Highlight text={claim.number} query={q} />
              </strong>
              <span>{words.stage(claim.stage)}</span>
            </span>
            <span className={styles.quiet}>
              <Highlight text={[claim.who, words.line(claim.line), claim.plate].filter(Boolean).join(' · ')} query={q} />
            </span>
          </li>
        ))}
      </ul>
      {shown.length === 0 && (
        <p className={styles.none} role="status">
          {error ? words.error(error) : isPending ? t('loading') : t('claimPicker.none')}
        </p>
      )}
    </div>
  );
}
