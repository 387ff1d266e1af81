import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMe, useTeam } from '../../client';
import { GoLink, hrefs } from '../../navigation';
import { EmptyState, ErrorState, Page, SkeletonRows } from '../../ui';
import { NextBreaches } from './next-breaches';
import styles from './team.module.css';
import { TeamTable } from './team-table';
import { Tile } from './tile';
import board from './wallboard.module.css';

const FOR = ['supervisor', 'administrator', 'auditor'];

/** The supervisor's first screen: who has what, what breaches next, and how to step in. */
export function TeamPage() {
  const { t } = useTranslation('team');
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
    <Page
      title={t('title')}
      actions={
        <GoLink href={hrefs.quality} className={styles.more}>
          {t('wallboard')}
        </GoLink>
      }
    >
      {role && <Board />}
    </Page>
  );
}

function Board() {
  const { t } = useTranslation('team');
  const { data, error, refetch } = useTeam();
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) return <SkeletonRows count={6} height={72} />;
  const { tiles } = data;
  return (
    <div className={board.board}>
      <div className={`${board.tiles} ${styles.tiles}`}>
        <Tile
          name={t('tile.hour')}
          value={`${tiles.hour}`}
          tone={tiles.hour > 0 ? 'warn' : undefined}
          href={`${hrefs.inbox('all')}?due=hour`}
        />
        <Tile
          name={t('tile.overdue')}
          value={`${tiles.overdue}`}
          tone={tiles.overdue > 0 ? 'danger' : undefined}
          href={`${hrefs.inbox('all')}?due=overdue`}
        />
        <Tile name={t('tile.unassigned')} value={`${tiles.unassigned}`} href={hrefs.inbox('unassigned')} />
        <Tile
          name={t('tile.absentOwners')}
          value={`${tiles.absentOwners}`}
          tone={tiles.absentOwners > 0 ? 'warn' : undefined}
          href={`${hrefs.inbox('all')}?assignee=absent`}
        />
      </div>
      <div className={styles.columns}>
        <TeamTable people={data.people} />
        <NextBreaches next={data.next} />
      </div>
    </div>
  );
}
