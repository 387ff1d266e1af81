import { CloseButton, Loader, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useOffer } from '../commands';

interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly busy?: boolean;
  readonly autoFocus?: boolean;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
}

/** The field in which a page is searched. */
export function SearchField({ label, value, onChange, busy = false, autoFocus = false, onKeyDown }: SearchFieldProps) {
  const { t } = useTranslation('desk');
  const field = useRef<HTMLInputElement>(null);
  useOffer([{ id: 'search.focus', title: label, section: t('search'), hidden: true, run: () => field.current?.select() }]);
  const clear = value !== '' && (
    <CloseButton
      size="sm"
      aria-label={t('clear')}
      onClick={() => {
        onChange('');
        field.current?.focus();
      }}
    />
  );
  return (
    <TextInput
      ref={field}
      type="text"
      role="searchbox"
      enterKeyHint="search"
      autoComplete="off"
      spellCheck={false}
      aria-label={label}
      placeholder={label}
      autoFocus={autoFocus}
      data-autofocus={autoFocus || undefined} // what a dialog gives the focus to
      leftSection={<IconSearch size={15} stroke={1.8} />}
      rightSection={busy ? <Loader size={14} /> : clear}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  );
}
