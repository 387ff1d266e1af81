import { VIEWS, type View } from '@claimline/protocol';
import { Drawer } from '@mantine/core';
import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { IconMessages } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hubNow, useConversations } from '../client';
import { useOffer } from '../commands';
import { ComposerPane } from '../features/composer';
import { afterDone, ConversationList, linesOf, orderOf, useListFilter } from '../features/inbox';
import { SidePanel } from '../features/side-panel';
import { ThreadPane } from '../features/thread';
import { hrefs, useGo, usePathParams } from '../navigation';
import { EmptyState, useNarrow } from '../ui';
import styles from './inbox-page.module.css';

const isView = (text: string | undefined): text is View => (VIEWS as readonly string[]).includes(text ?? '');

/** Goes to what follows in the list that is on the screen, and back to the list after the last. */
function useNext(view: View, q: string, openId: string | null): () => void {
  const go = useGo();
  const { filter, query } = useListFilter();
  const items = useConversations(q ? 'all' : view, q, q ? undefined : filter).data;
  return useCallback(() => {
    if (!openId) return;
    const next = afterDone(orderOf(linesOf(items ?? [], q ? 'all' : view, hubNow())), openId);
    go(next ? hrefs.conversation(next, view, query) : hrefs.inbox(view, query));
  }, [items, q, view, query, openId, go]);
}

/** Beside the thread where there is room, else in a drawer above it. */
function useDetails() {
  const roomy = useMediaQuery('(min-width: 1200px)', true, { getInitialValueInEffect: false }) ?? true;
  const [wanted, setWanted] = useLocalStorage({ key: 'claimline.details', defaultValue: true, getInitialValueInEffect: false });
  const [drawer, setDrawer] = useState(false);
  const toggle = useCallback(() => (roomy ? setWanted((now) => !now) : setDrawer((now) => !now)), [roomy, setWanted]);
  const shown = roomy ? wanted : drawer;
  return useMemo(() => ({ roomy, shown, toggle }), [roomy, shown, toggle]);
}

/** The inbox: list, thread with its composer, and what one knows of claim and customer. On a phone one after the other. */
export function InboxPage() {
  const { t } = useTranslation('inbox');
  const go = useGo();
  const narrow = useNarrow();
  const params = usePathParams();
  const view = isView(params['view']) ? params['view'] : 'todo';
  const openId = params['conversationId'] ?? null;
  const [q, setQ] = useState('');
  const next = useNext(view, q, openId);
  const details = useDetails();
  const { query } = useListFilter();
  const back = useCallback(() => go(hrefs.inbox(view, query)), [go, view, query]);
  useOffer([
    openId !== null && { id: 'conversation.close', title: t('close'), section: t('keys.section'), keys: 'escape', hidden: true, run: back },
  ]);
  return (
    <div className={styles.inbox}>
      {!(narrow && openId) && <ConversationList view={view} q={q} onQ={setQ} openId={openId} />}
      {openId ? (
        <section className={styles.thread} aria-label={t('thread')}>
          <ThreadPane key={openId} conversationId={openId} onDone={next} onBack={narrow ? back : null} details={details} />
          <ComposerPane conversationId={openId} onNext={next} />
        </section>
      ) : (
        !narrow && (
          <div className={styles.nothing}>
            <EmptyState icon={IconMessages} title={t('emptyThread.title')}>
              {t('emptyThread.text')}
            </EmptyState>
          </div>
        )
      )}
      {openId && details.roomy && details.shown && (
        <aside className={styles.side} aria-label={t('details')}>
          <SidePanel conversationId={openId} />
        </aside>
      )}
      {openId && !details.roomy && (
        <Drawer
          opened={details.shown}
          onClose={details.toggle}
          position="right"
          size={360}
          title={t('details')}
          padding={0}
          styles={{ header: { padding: '8px 8px 8px 16px', minHeight: 48 } }}
          closeButtonProps={{ 'aria-label': t('hideDetails') }}
        >
          <SidePanel conversationId={openId} />
        </Drawer>
      )}
    </div>
  );
}
