import type { ConversationItem, View } from '@claimline/protocol';
import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import { IconInbox, IconPencilPlus, IconSearch, IconX } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import { useConversations } from '../../client';
import { runCommand, useOffer } from '../../commands';
import { hrefs, useGo } from '../../navigation';
import { EmptyState, ErrorState, SkeletonRows, useMayWrite, useNow } from '../../ui';
import { linesOf, neighbour, orderOf, type ListLine } from './conversation-groups';
import styles from './conversation-list.module.css';
import { ConversationRow } from './conversation-row';
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

function useCursor(lines: readonly ListLine[], openId: string | null, view: View) {
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
    { id: 'list.open', title: t('keys.open'), section, keys: 'enter', hidden: true, run: () => at && go(hrefs.conversation(at, view)) },
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

function NothingHere({ view, q }: { readonly view: View; readonly q: string }) {
  const { t } = useTranslation('inbox');
  if (q) return <EmptyState icon={IconSearch} title={t('empty.search', { q })} children={t('empty.searchText')} />;
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

/** The inbox: one view, sorted and grouped, as long as it may be. */
export function ConversationList({ view, q, onQ, openId }: ListProps) {
  const { t } = useTranslation('inbox');
  const now = useNow();
  const mayWrite = useMayWrite();
  const query = useConversations(q ? 'all' : view, q);
  const items = query.data ?? NONE;
  const lines = useMemo(() => linesOf(items, q ? 'all' : view, now), [items, view, q, now]);
  const { handle, cursor } = useCursor(lines, openId, view);
  const more = () => {
    if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
  };
  return (
    <section className={styles.list} aria-label={t('label')}>
      <header className={styles.header}>
        <ViewMenu view={view} />
        {mayWrite && (
          <Tooltip label={t('writeFirst')}>
            <ActionIcon aria-label={t('writeFirst')} onClick={() => runCommand('conversation.write-first')}>
              <IconPencilPlus size={18} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        )}
      </header>
      <Search q={q} onQ={onQ} />
      <div className={styles.body} data-stale={query.isPlaceholderData || undefined}>
        {query.isPending && <SkeletonRows height={83} />}
        {query.isError && items.length === 0 && <ErrorState error={query.error} retry={() => void query.refetch()} />}
        {query.isSuccess && lines.length === 0 && <NothingHere view={view} q={q} />}
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
                <ConversationRow item={line.item} view={view} open={line.item.id === openId} cursor={line.item.id === cursor} />
              )
            }
          />
        )}
      </div>
    </section>
  );
}
