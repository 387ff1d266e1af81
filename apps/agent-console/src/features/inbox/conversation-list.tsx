import type { ConversationItem, View } from '@claimline/protocol';
import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import { IconFilter, IconInbox, IconListCheck, IconPencilPlus, IconSearch, IconX } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import { useConversations, type ListFilter } from '../../client';
import { runCommand, useOffer } from '../../commands';
import { hrefs, useGo } from '../../navigation';
import { EmptyState, ErrorState, SkeletonRows, useMayWrite, useNow } from '../../ui';
import { BulkBar } from './bulk-bar';
import { BulkProgress } from './bulk-progress';
import { linesOf, neighbour, orderOf, type ListLine } from './conversation-groups';
import styles from './conversation-list.module.css';
import { ConversationRow } from './conversation-row';
import { FilterLine } from './filter-line';
import { queryOf, useListFilter } from './list-filter';
import { NOTHING, ranged, shownOf, toggled, type Selection } from './selection';
import { useBulk } from './use-bulk';
import { ViewMenu } from './view-menu';

interface ListProps {
  readonly view: View;
  /** Words to look for within all conversations. */
  readonly q: string;
  readonly onQ: (q: string) => void;
  readonly openId: string | null;
}

const NONE: readonly ConversationItem[] = [];
const keyOf = (_index: number, line: ListLine): string => ('item' in line ? line.item.id : line.head);

function useCursor(lines: readonly ListLine[], openId: string | null, { view, query }: { readonly view: View; readonly query: string }) {
  const { t } = useTranslation('inbox');
  const go = useGo();
  const handle = useRef<VirtuosoHandle>(null);
  const order = useMemo(() => orderOf(lines), [lines]);
  const [cursor, setCursor] = useState<string | null>(openId);
  useEffect(() => {
    if (openId) setCursor(openId);
  }, [openId]);
  // The row that Enter opens before anybody moved is the most urgent one.
  const at = order.some((item) => item.id === cursor) ? cursor : (order[0]?.id ?? null);
  const move = (step: 1 | -1) => {
    const next = cursor === null ? at : neighbour(order, at, step);
    setCursor(next);
    const index = lines.findIndex((line) => 'item' in line && line.item.id === next);
    if (index >= 0) handle.current?.scrollIntoView({ index, behavior: 'auto' });
  };
  const section = t('keys.section');
  useOffer([
    { id: 'list.next', title: t('keys.next'), section, keys: 'j', hidden: true, run: () => move(1) },
    { id: 'list.previous', title: t('keys.previous'), section, keys: 'k', hidden: true, run: () => move(-1) },
    {
      id: 'list.open',
      title: t('keys.open'),
      section,
      keys: 'enter',
      hidden: true,
      run: () => at && go(hrefs.conversation(at, view, query)),
    },
  ]);
  return { handle, cursor: at };
}

function Head({ line }: { readonly line: { head: string; count: number } }) {
  const { t } = useTranslation('inbox');
  return (
    <h2 className={styles.head} data-group={line.head}>
      {t(`group.${line.head}`)} <span>{line.count}</span>
    </h2>
  );
}

function NothingHere({ view, q, narrowed }: { readonly view: View; readonly q: string; readonly narrowed: boolean }) {
  const { t } = useTranslation('inbox');
  if (q) return <EmptyState icon={IconSearch} title={t('empty.search', { q })} children={t('empty.searchText')} />;
  if (narrowed) return <EmptyState icon={IconFilter} title={t('empty.filter')} children={t('empty.filterText')} />;
  return <EmptyState icon={IconInbox} title={t(`empty.${view}`)} children={t(`emptyText.${view}`)} />;
}

function Search({ q, onQ }: { readonly q: string; readonly onQ: (q: string) => void }) {
  const { t } = useTranslation('inbox');
  const input = useRef<HTMLInputElement>(null);
  useOffer([{ id: 'list.search', title: t('search'), section: t('keys.section'), keys: 'f', run: () => input.current?.focus() }]);
  return (
    <TextInput
      ref={input}
      className={styles.search}
      size="sm"
      type="search"
      placeholder={t('search')}
      aria-label={t('search')}
      value={q}
      leftSection={<IconSearch size={14} stroke={1.8} aria-hidden="true" />}
      rightSection={
        q ? (
          <ActionIcon size={22} aria-label={t('clear')} onClick={() => onQ('')}>
            <IconX size={13} />
          </ActionIcon>
        ) : null
      }
      onChange={(event) => onQ(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        onQ('');
        event.currentTarget.blur();
      }}
    />
  );
}

/** Which rows are chosen, by mouse and by key; forgotten when the list is another. */
function useSelection(order: readonly string[], cursor: string | null, { place, may }: { readonly place: string; readonly may: boolean }) {
  const { t } = useTranslation('bulk');
  const [kept, setKept] = useState<{ readonly place: string; readonly selection: Selection }>({ place, selection: NOTHING });
  const selection = kept.place === place ? kept.selection : NOTHING;
  const set = (next: Selection) => setKept({ place, selection: next });
  const section = t('section');
  useOffer([
    may && {
      id: 'list.choose',
      title: t('chooseRow'),
      section,
      keys: 'x',
      hidden: true,
      run: () => cursor && set(toggled(selection, cursor)),
    },
    may && { id: 'list.choose-all', title: t('chooseAll'), section, keys: 'mod+shift+a', run: () => set(shownOf(order)) },
    selection.ids.length > 0 && {
      id: 'list.choose-none',
      title: t('clear'),
      section,
      keys: 'escape',
      hidden: true,
      run: () => set(NOTHING),
    },
  ]);
  // The rows are memoised: they get one function for ever, which knows the selection of now.
  const latest = useRef({ selection, order, set });
  useEffect(() => {
    latest.current = { selection, order, set };
  });
  const choose = useRef((id: string, range: boolean) => {
    const now = latest.current;
    now.set(range ? ranged(now.selection, now.order, id) : toggled(now.selection, id));
  }).current;
  return { selection, set, choose };
}

const NO_FILTER: ListFilter = {};

/** The inbox: one view, sorted and grouped, as long as it may be. */
export function ConversationList({ view, q, onQ, openId }: ListProps) {
  const { t } = useTranslation('inbox');
  const now = useNow();
  const mayWrite = useMayWrite();
  const { filter: narrowed, query: text } = useListFilter();
  const filter = q ? NO_FILTER : narrowed;
  const query = useConversations(q ? 'all' : view, q, filter);
  const items = query.data ?? NONE;
  const lines = useMemo(() => linesOf(items, q ? 'all' : view, now), [items, view, q, now]);
  const { handle, cursor } = useCursor(lines, openId, { view, query: text });
  const order = useMemo(() => orderOf(lines).map(({ id }) => id), [lines]);
  const place = { view, q, filter };
  const { selection, set, choose } = useSelection(order, cursor, { place: `${view} ${q} ${queryOf(filter)}`, may: mayWrite });
  const bulk = useBulk(place, () => set(NOTHING));
  const more = () => {
    if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
  };
  return (
    <section className={styles.list} aria-label={t('label')}>
      <header className={styles.header}>
        <ViewMenu view={view} filter={filter} />
        {mayWrite && lines.length > 0 && (
          <Tooltip label={t('chooseAll')}>
            <ActionIcon
              aria-label={t('chooseAll')}
              aria-pressed={selection.ids.length > 0}
              ml="auto"
              onClick={() => set(selection.ids.length > 0 ? NOTHING : shownOf(order))}
            >
              <IconListCheck size={18} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        )}
        {mayWrite && (
          <Tooltip label={t('writeFirst')}>
            <ActionIcon aria-label={t('writeFirst')} onClick={() => runCommand('conversation.write-first')}>
              <IconPencilPlus size={18} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        )}
      </header>
      <Search q={q} onQ={onQ} />
      {!q && <FilterLine view={view} filter={filter} />}
      <div className={styles.body} data-stale={query.isPlaceholderData || undefined}>
        {query.isPending && <SkeletonRows height={83} />}
        {query.isError && items.length === 0 && <ErrorState error={query.error} retry={() => void query.refetch()} />}
        {query.isSuccess && lines.length === 0 && (
          <NothingHere view={view} q={q} narrowed={filter !== NO_FILTER && queryOf(filter) !== ''} />
        )}
        {lines.length > 0 && (
          <Virtuoso
            ref={handle}
            className={styles.scroller}
            data={lines}
            computeItemKey={keyOf}
            defaultItemHeight={83}
            increaseViewportBy={400}
            endReached={more}
            itemContent={(_index, line) =>
              'head' in line ? (
                <Head line={line} />
              ) : (
                <ConversationRow
                  item={line.item}
                  view={view}
                  query={text}
                  open={line.item.id === openId}
                  cursor={line.item.id === cursor}
                  chosen={mayWrite ? selection.everything || selection.ids.includes(line.item.id) : undefined}
                  onChoose={choose}
                />
              )
            }
          />
        )}
      </div>
      {bulk.running && <BulkProgress run={bulk.running} onStop={bulk.stop} />}
      {selection.ids.length > 0 && (
        <BulkBar
          place={place}
          selection={selection}
          shown={order.length}
          onEverything={() => set({ ...shownOf(order), everything: true })}
          onClear={() => set(NOTHING)}
          act={(what) => bulk.act(selection, what)}
        />
      )}
    </section>
  );
}
