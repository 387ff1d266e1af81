import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useConversations, useMe, useViewCounts } from '../../client';
import { hrefs } from '../../navigation';
import { EmptyState, ErrorState, Page, SkeletonRows, span, useNow } from '../../ui';
import { atRisk, oldest, queuesOf } from './figures';
import { InboxHealth } from './inbox-health';
import { PeopleBoard } from './people-board';
import { Queues } from './queues';
import { RiskList } from './risk-list';
import { Tile } from './tile';
import styles from './wallboard.module.css';

const FOR = ['supervisor', 'administrator', 'auditor'];

/** Live: what waits, what is late, who is here and how full, whether every line is alive. */
export function WallboardPage() {
  const { t } = useTranslation('wallboard');
  const role = useMe().data?.role;
  if (role !== undefined && !FOR.includes(role)) {
    return (
      <Page title={t('title')}>
        <EmptyState icon={IconLock} title={t('notAllowed')}>
          {t('notAllowedHint')}
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page title={t('title')} actions={<span className={styles.live}>{t('live')}</span>}>
      {role && <Board />}
    </Page>
  );
}

function Board() {
  const { t, i18n } = useTranslation('wallboard');
  const now = useNow();
  const unassigned = useConversations('unassigned');
  const all = useConversations('all');
  const counts = useViewCounts().data;
  const failed = all.error ?? unassigned.error;
  if (failed && !all.data) return <ErrorState error={failed} retry={() => void Promise.all([all.refetch(), unassigned.refetch()])} />;
  if (!all.data || !unassigned.data) return <SkeletonRows count={6} height={96} />;
  const risk = atRisk(all.data, now);
  const longest = oldest(unassigned.data);
  const more = (some: { readonly hasNextPage: boolean }): string => (some.hasNextPage ? '+' : '');
  return (
    <div className={styles.board}>
      <div className={styles.tiles}>
        <Tile name={t('tile.waiting')} value={`${counts?.views.unassigned ?? unassigned.data.length}`} href={hrefs.inbox('unassigned')} />
        <Tile
          name={t('tile.longest')}
          value={longest ? span(now - Date.parse(longest.lastMessageAt), i18n.language) : '–'}
          href={longest ? hrefs.conversation(longest.id, 'unassigned') : undefined}
        />
        <Tile
          name={t('tile.over')}
          value={`${risk.over.length}${more(all)}`}
          tone={risk.over.length > 0 ? 'danger' : undefined}
          href="#risk"
        />
        <Tile
          name={t('tile.soon')}
          value={`${risk.soon.length}${more(all)}`}
          tone={risk.soon.length > 0 ? 'warn' : undefined}
          href="#risk"
        />
        <Tile name={t('tile.toFile')} value={`${counts?.views['to-file'] ?? '–'}`} href={hrefs.inbox('to-file')} />
        <Tile
          name={t('tile.needsLook')}
          value={`${counts?.needsLook ?? '–'}`}
          tone={counts?.needsLook ? 'warn' : undefined}
          href={hrefs.needsLook}
        />
      </div>
      <div className={styles.columns}>
        <div>
          <RiskList over={risk.over} soon={risk.soon} />
          <Queues queues={queuesOf(unassigned.data)} more={unassigned.hasNextPage} />
        </div>
        <div>
          <PeopleBoard />
          <InboxHealth />
        </div>
      </div>
    </div>
  );
}
