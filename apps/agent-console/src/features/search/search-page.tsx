import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch, IconSearchOff } from '@tabler/icons-react';
import { useNavigate, useSearch as useAddress } from '@tanstack/react-router';
import { useEffect, useId, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearch } from '../../client';
import { useWords } from '../../locales';
import { GoLink, useGo } from '../../navigation';
import { EmptyState, ErrorState, SearchField, SearchHitRow, searchHits, SkeletonRows, useNarrow, type SearchHit } from '../../ui';
import { Preview } from './preview';
import styles from './search-page.module.css';

const GROUPS = ['claims', 'customers', 'conversations', 'messages'] as const;

/** Search over everything; the chosen hit is read at the right without opening it. Arrows move, Enter opens. */
export function SearchPage() {
  const { t } = useTranslation('search');
  const words = useWords();
  const go = useGo();
  const list = useId();
  const narrow = useNarrow();
  const [text, setText] = useSearchText();
  const [q] = useDebouncedValue(text.trim(), 120);
  const { data, error, isFetching, refetch } = useSearch(q, 20);
  const [chosen, setChosen] = useState<string | null>(null);
  const hits = q && data ? searchHits(data, words) : [];
  const at = Math.max(
    0,
    hits.findIndex((hit) => hit.key === chosen),
  );
  const active = hits[at];
  const choose = (index: number) => setChosen(hits[Math.max(0, Math.min(index, hits.length - 1))]?.key ?? null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') choose(at + 1);
    else if (event.key === 'ArrowUp') choose(at - 1);
    else if (event.key === 'Enter' && active && !event.nativeEvent.isComposing) go(active.href);
    else return;
    event.preventDefault();
  };
  useEffect(() => {
    document.getElementById(`${list}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [at, list]);
  return (
    <section className={styles.page} aria-label={t('title')}>
      <header className={styles.header}>
        <SearchField
          label={t('placeholder')}
          value={text}
          onChange={setText}
          busy={isFetching && q !== ''}
          autoFocus
          onKeyDown={onKeyDown}
        />
        <p className={styles.count} role="status">
          {q && data ? t('found', { count: hits.length }) : ''}
        </p>
      </header>
      {!q && (
        <EmptyState icon={IconSearch} title={t('start')}>
          {t('startHint')}
        </EmptyState>
      )}
      {q && error && !data && <ErrorState error={error} retry={() => void refetch()} />}
      {q && !data && !error && <SkeletonRows count={6} height={52} />}
      {q && data && hits.length === 0 && (
        <EmptyState icon={IconSearchOff} title={t('none', { q })}>
          {t('noneHint')}
        </EmptyState>
      )}
      {hits.length > 0 && (
        <div className={styles.columns}>
          <div className={styles.hits}>
            {GROUPS.map((group) => (
              <Group key={group} group={group} hits={hits} active={active} query={q} list={list} onHover={setChosen} />
            ))}
          </div>
          {!narrow && active && <Preview hit={active} query={q} />}
        </div>
      )}
    </section>
  );
}

/** What is searched for, kept in the address so that "back" finds it again. */
function useSearchText(): [string, (text: string) => void] {
  const navigate = useNavigate();
  const address: { q?: unknown } = useAddress({ strict: false });
  const [text, setText] = useState(typeof address.q === 'string' || typeof address.q === 'number' ? String(address.q) : '');
  const change = (next: string) => {
    setText(next);
    void navigate({ to: '.', search: () => (next.trim() ? { q: next } : {}), replace: true });
  };
  return [text, change];
}

interface GroupProps {
  readonly group: SearchHit['group'];
  readonly hits: readonly SearchHit[];
  readonly active: SearchHit | undefined;
  readonly query: string;
  readonly list: string;
  readonly onHover: (key: string) => void;
}

function Group({ group, hits, active, query, list, onHover }: GroupProps) {
  const { t } = useTranslation('search');
  const mine = hits.filter((hit) => hit.group === group);
  if (mine.length === 0) return null;
  return (
    <section aria-label={t(`group.${group}`)}>
      <h2 className={styles.heading}>{t(`group.${group}`)}</h2>
      <ul className={styles.rows}>
        {mine.map((hit) => (
          <li key={hit.key} id={`${list}-${hits.indexOf(hit)}`}>
            <GoLink
              href={hit.href}
              className={styles.row}
              data-active={hit === active || undefined}
              onMouseMove={() => onHover(hit.key)}
              onFocus={() => onHover(hit.key)}
            >
              <SearchHitRow hit={hit} query={query} />
            </GoLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
