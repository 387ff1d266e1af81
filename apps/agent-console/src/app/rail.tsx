import { Tooltip } from '@mantine/core';
import {
  IconBuildingStore,
  IconChartBar,
  IconChecklist,
  IconCloudStorm,
  IconEyeExclamation,
  IconFileDescription,
  IconHeadset,
  IconInbox,
  IconMailbox,
  IconMoodSad,
  IconPencilPlus,
  IconPhone,
  IconSearch,
  IconSettings,
  IconUsers,
  IconUsersGroup,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMe, useViewCounts } from '../client';
import { runCommand } from '../commands';
import { PresenceMenu } from '../features/presence';
import { GoLink, hrefs, usePath } from '../navigation';
import { useMayWrite, useNarrow } from '../ui';
import { AccountMenu } from './account-menu';
import { MoreMenu } from './more-menu';
import styles from './rail.module.css';

/** One place of the rail. */
export interface Place {
  readonly name: string;
  readonly href: string;
  readonly icon: TablerIcon;
  readonly count?: number;
  /** Its name where there is little room. */
  readonly short?: string;
}

const startsWith = (path: string, href: string): boolean => path === href || path.startsWith(`${href.replace('/todo', '')}/`);

function RailLink({ place, labelled }: { readonly place: Place; readonly labelled: boolean }) {
  const path = usePath();
  const here = startsWith(path, place.href);
  const Icon = place.icon;
  return (
    <Tooltip label={place.name} position="right" disabled={labelled}>
      <GoLink
        href={place.href}
        className={styles.place}
        aria-current={here ? 'page' : undefined}
        aria-label={place.count ? `${place.name} (${place.count})` : place.name}
      >
        <span className={styles.icon}>
          <Icon size={20} stroke={1.6} aria-hidden="true" />
          {place.count ? <span className={styles.count}>{place.count > 99 ? '99+' : place.count}</span> : null}
        </span>
        {labelled && <span className={styles.label}>{place.short ?? place.name}</span>}
      </GoLink>
    </Tooltip>
  );
}

function usePlaces(): readonly Place[] {
  const { t } = useTranslation();
  const counts = useViewCounts().data;
  const role = useMe().data?.role ?? '';
  const hearsComplaints = ['complaints-officer', 'supervisor', 'administrator', 'auditor'].includes(role);
  const handlesPaper = ['mailroom', 'counter', 'supervisor', 'administrator'].includes(role);
  const seesTeam = ['supervisor', 'administrator', 'auditor'].includes(useMe().data?.role ?? '');
  return [
    { name: t('rail.inbox'), href: hrefs.inbox(), icon: IconInbox, count: counts?.views.todo },
    { name: t('rail.tasks'), href: hrefs.tasks, icon: IconChecklist, count: counts?.tasks },
    {
      name: t('rail.needsLook'),
      href: hrefs.needsLook,
      icon: IconEyeExclamation,
      count: counts?.needsLook,
      short: t('rail.needsLookShort'),
    },
    { name: t('rail.hotline'), href: hrefs.hotline, icon: IconHeadset },
    { name: t('rail.claims'), href: hrefs.claims, icon: IconFileDescription },
    { name: t('rail.customers'), href: hrefs.customers, icon: IconUsers },
    { name: t('rail.calls'), href: hrefs.calls, icon: IconPhone },
    ...(handlesPaper
      ? [
          { name: t('rail.mailroom'), href: hrefs.mailroom, icon: IconMailbox },
          { name: t('rail.counter'), href: hrefs.counter, icon: IconBuildingStore },
        ]
      : []),
    ...(seesTeam ? [{ name: t('rail.team'), href: hrefs.team, icon: IconUsersGroup }] : []),
    ...(hearsComplaints ? [{ name: t('rail.complaints'), href: hrefs.complaints, icon: IconMoodSad }] : []),
    { name: t('rail.catastrophes'), href: hrefs.catastrophes, icon: IconCloudStorm },
    { name: t('rail.quality'), href: hrefs.quality, icon: IconChartBar },
    { name: t('rail.settings'), href: hrefs.settings(), icon: IconSettings },
  ];
}

/** The way to every page: at the left, or at the bottom of a phone. */
export function Rail() {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const mayWrite = useMayWrite();
  const places = usePlaces();
  if (narrow) {
    return (
      <nav className={styles.bar} aria-label={t('rail.label')}>
        {places.slice(0, 3).map((place) => (
          <RailLink key={place.href} place={place} labelled />
        ))}
        <button type="button" className={styles.place} onClick={() => runCommand('command-bar.open')}>
          <span className={styles.icon}>
            <IconSearch size={20} stroke={1.6} aria-hidden="true" />
          </span>
          <span className={styles.label}>{t('rail.search')}</span>
        </button>
        <MoreMenu places={places.slice(3)} />
      </nav>
    );
  }
  return (
    <nav className={styles.rail} aria-label={t('rail.label')}>
      <img src="/icon.svg" alt="Claimline" width={28} height={28} className={styles.logo} />
      {mayWrite && (
        <Tooltip label={t('rail.writeFirst')} position="right">
          <button
            type="button"
            className={styles.place}
            aria-label={t('rail.writeFirst')}
            onClick={() => runCommand('conversation.write-first')}
          >
            <IconPencilPlus size={20} stroke={1.6} aria-hidden="true" />
          </button>
        </Tooltip>
      )}
      <Tooltip label={t('rail.search')} position="right">
        <button type="button" className={styles.place} aria-label={t('rail.search')} onClick={() => runCommand('command-bar.open')}>
          <IconSearch size={20} stroke={1.6} aria-hidden="true" />
        </button>
      </Tooltip>
      <hr className={styles.rule} />
      {places.slice(0, -1).map((place) => (
        <RailLink key={place.href} place={place} labelled={false} />
      ))}
      <div className={styles.end}>
        {places.slice(-1).map((place) => (
          <RailLink key={place.href} place={place} labelled={false} />
        ))}
        <PresenceMenu />
        <AccountMenu />
      </div>
    </nav>
  );
}
