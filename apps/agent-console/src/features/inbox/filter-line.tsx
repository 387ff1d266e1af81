import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCatastrophes, usePeople, type ListFilter } from '../../client';
import { useWords } from '../../locales';
import { hrefs, useGo } from '../../navigation';
import styles from './bulk-bar.module.css';
import { queryOf, type FilterName } from './list-filter';

/** Owners that are no single person. */
const OWNERS = ['me', 'none', 'absent'];

/** What the list is narrowed by; each can be taken away. */
export function FilterLine({ view, filter }: { readonly view: string; readonly filter: ListFilter }) {
  const { t } = useTranslation('bulk');
  const words = useWords();
  const go = useGo();
  const people = usePeople().data?.items;
  const events = useCatastrophes(filter.catastrophe !== undefined).data?.items;
  const names = Object.keys(filter) as FilterName[];
  if (names.length === 0) return null;
  const said = (name: FilterName, value: string): string => {
    if (name === 'due' || name === 'awaiting') return t(`filter.${name}.${value}`);
    if (name === 'label') return words.label(value);
    if (name === 'line') return words.line(value);
    if (name === 'language') return words.of('language', value);
    if (name === 'catastrophe') return events?.find(({ tag }) => tag === value)?.name ?? value;
    if (name === 'assignee' && OWNERS.includes(value)) return t(`filter.assignee.${value}`);
    return name === 'assignee' ? (people?.find(({ id }) => id === value)?.name ?? '…') : value;
  };
  const without = (name: FilterName): string => queryOf(Object.fromEntries(Object.entries(filter).filter(([one]) => one !== name)));
  return (
    <div className={styles.filters} role="group" aria-label={t('filters')}>
      {names.map((name) => (
        <button
          key={name}
          type="button"
          className={styles.filter}
          aria-label={t('without', { filter: said(name, filter[name]!) })}
          onClick={() => go(hrefs.inbox(view, without(name)))}
        >
          {said(name, filter[name]!)}
          <IconX size={12} aria-hidden="true" />
        </button>
      ))}
      {names.length > 1 && (
        <button type="button" className={styles.link} onClick={() => go(hrefs.inbox(view))}>
          {t('withoutAll')}
        </button>
      )}
    </div>
  );
}
