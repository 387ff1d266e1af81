import type { Conversation } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import { useOutgoing, useTyping, type KnownThread } from '../../client';
import { EntryContext } from './entry-context';
import { ThreadEntry } from './thread-entry';
import { firstIndex, firstUnread, rowsOf, type ThreadRow } from './thread-rows';
import styles from './thread.module.css';
import { useSeen } from './use-seen';

interface ThreadProps {
  readonly conversation: Conversation;
  readonly known: KnownThread;
  readonly loadOlder: () => Promise<void>;
}

const keyOf = (_index: number, row: ThreadRow): string => row.key;

// A thread that fits on the screen needs nobody to say where it begins.
const SHORT = 12;
// Made once: Virtuoso mounts a new component anew, and the thread would jump.
const EDGES = {
  Header: ({ context }: { context?: { edge: string } }) => (context?.edge ? <div className={styles.edge}>{context.edge}</div> : null),
  Footer: () => <div className={styles.end} />,
};

/** Says to screen readers what just came in. */
function useAnnouncement(known: KnownThread, name: string): string {
  const { t } = useTranslation('thread');
  const [first] = useState(() => known.items.at(-1)?.at ?? '');
  const last = known.items.findLast((message) => message.direction === 'inbound');
  return last && last.at > first ? t('announced', { name: last.fromName ?? name, text: last.text.slice(0, 140) }) : '';
}

function TypingLine({ id }: { readonly id: string }) {
  const { t } = useTranslation('thread');
  const typing = useTyping(id);
  if (typing.length === 0) return null;
  return (
    <div className={styles.typing} role="status">
      <span className={styles.dots} aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {t('typing', { count: typing.length, names: typing.map((one) => one.name).join(', ') })}
    </div>
  );
}

/** Everything that was said and happened, newest at the bottom; opens at the first unread and stays where one reads. */
export function Thread({ conversation, known, loadOlder }: ThreadProps) {
  const { t } = useTranslation('thread');
  const handle = useRef<VirtuosoHandle>(null);
  const outgoing = useOutgoing(conversation.id);
  // Where one began to read stays marked, also after it counts as read.
  const [unread] = useState(() => firstUnread(known.items, conversation.unread));
  const [pivot] = useState(() => known.items[0]?.id);
  const [atBottom, setAtBottom] = useState(unread === null);
  const rows = useMemo(
    () => rowsOf({ items: known.items, facts: known.facts, outgoing, unread, begins: known.next === null }),
    [known.items, known.facts, known.next, outgoing, unread],
  );
  const [start] = useState(() => {
    const index = rows.findIndex((row) => row.type === 'unread');
    return index >= 0 ? { index, align: 'start' as const, offset: -8 } : { index: rows.length - 1, align: 'end' as const };
  });
  const fresh = useSeen({ conversation, known, atBottom });
  const announcement = useAnnouncement(known, conversation.contact.name);
  const toEnd = useCallback(() => handle.current?.scrollToIndex({ index: 'LAST', align: 'end', behavior: 'auto' }), []);
  const sending = outgoing.length;
  useEffect(() => {
    // What I send is always in sight.
    if (sending > 0) toEnd();
  }, [sending, toEnd]);
  const lastInbound = known.items.findLast(({ direction }) => direction === 'inbound')?.id;
  const context = useMemo(() => ({ conversation }), [conversation]);
  return (
    <EntryContext value={context}>
      <Virtuoso
        ref={handle}
        className={styles.scroller}
        role="log"
        aria-live="off"
        aria-label={t('label', { name: conversation.contact.name })}
        tabIndex={0}
        data={rows as ThreadRow[]}
        computeItemKey={keyOf}
        firstItemIndex={firstIndex(rows, pivot)}
        initialTopMostItemIndex={start}
        defaultItemHeight={72}
        increaseViewportBy={{ top: 800, bottom: 400 }}
        atBottomThreshold={48}
        atBottomStateChange={setAtBottom}
        followOutput={(bottom) => (bottom ? 'auto' : false)}
        alignToBottom
        startReached={() => void loadOlder()}
        itemContent={(_index, row) => <ThreadEntry row={row} newest={row.type === 'message' && row.message.id === lastInbound} />}
        context={{ edge: known.next ? t('older') : rows.length > SHORT ? t('beginning') : '' }}
        components={EDGES}
      />
      {!atBottom && (
        <div className={styles.jump}>
          <Button
            size="sm"
            radius="xl"
            leftSection={<IconArrowDown size={14} />}
            variant={fresh > 0 ? 'filled' : 'default'}
            onClick={toEnd}
          >
            {fresh > 0 ? t('fresh', { count: fresh }) : t('toEnd')}
          </Button>
        </div>
      )}
      <TypingLine id={conversation.id} />
      <div className="unseen" role="status" aria-live="polite">
        {announcement}
      </div>
    </EntryContext>
  );
}
