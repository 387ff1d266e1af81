import type { Role } from '@claimline/protocol';
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
  IconMoodSmile,
  IconPhone,
  IconSettings,
  IconUsers,
  IconUsersGroup,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMe, useViewCounts } from '../client';
import { hrefs } from '../navigation';

/** One place of the rail. */
export interface Place {
  readonly name: string;
  readonly href: string;
  readonly icon: TablerIcon;
  readonly count?: number;
  /** Its name where there is little room. */
  readonly short?: string;
  /** Pages that belong to it without standing below its address. */
  readonly also?: readonly string[];
}

type PlaceName =
  | 'inbox'
  | 'tasks'
  | 'needsLook'
  | 'hotline'
  | 'claims'
  | 'customers'
  | 'calls'
  | 'mailroom'
  | 'counter'
  | 'team'
  | 'complaints'
  | 'catastrophes'
  | 'quality'
  | 'satisfaction'
  | 'settings';

/** What each role needs, in the order of its day; a phone shows the first three and keeps the rest under *More*. */
export const PLACES_OF: Record<Exclude<Role, 'integration'>, readonly PlaceName[]> = {
  adjuster: ['inbox', 'tasks', 'claims', 'customers', 'calls', 'hotline', 'needsLook', 'catastrophes', 'settings'],
  hotline: ['hotline', 'calls', 'inbox', 'tasks', 'claims', 'customers', 'catastrophes', 'settings'],
  supervisor: [
    'team',
    'inbox',
    'tasks',
    'quality',
    'satisfaction',
    'complaints',
    'catastrophes',
    'needsLook',
    'claims',
    'customers',
    'calls',
    'mailroom',
    'counter',
    'settings',
  ],
  'complaints-officer': ['complaints', 'inbox', 'tasks', 'claims', 'customers', 'calls', 'settings'],
  mailroom: ['mailroom', 'needsLook', 'claims', 'customers', 'inbox', 'tasks', 'settings'],
  counter: ['counter', 'claims', 'customers', 'mailroom', 'inbox', 'tasks', 'settings'],
  auditor: [
    'claims',
    'customers',
    'inbox',
    'complaints',
    'calls',
    'tasks',
    'team',
    'quality',
    'satisfaction',
    'catastrophes',
    'needsLook',
    'settings',
  ],
  administrator: [
    'settings',
    'inbox',
    'needsLook',
    'quality',
    'satisfaction',
    'team',
    'tasks',
    'claims',
    'customers',
    'calls',
    'complaints',
    'catastrophes',
    'mailroom',
    'counter',
  ],
};

/** The places of whoever is signed in; none until that is known. */
export function usePlaces(): readonly Place[] {
  const { t } = useTranslation();
  const counts = useViewCounts().data;
  const role = useMe().data?.role;
  if (!role || role === 'integration') return [];
  const all: Record<PlaceName, Place> = {
    inbox: { name: t('rail.inbox'), href: hrefs.inbox(), icon: IconInbox, count: counts?.views.todo },
    tasks: { name: t('rail.tasks'), href: hrefs.tasks, icon: IconChecklist, count: counts?.tasks, also: [hrefs.scheduled] },
    needsLook: {
      name: t('rail.needsLook'),
      href: hrefs.needsLook,
      icon: IconEyeExclamation,
      count: counts?.needsLook,
      short: t('rail.needsLookShort'),
    },
    hotline: { name: t('rail.hotline'), href: hrefs.hotline, icon: IconHeadset, also: [hrefs.reports] },
    claims: { name: t('rail.claims'), href: hrefs.claims, icon: IconFileDescription },
    customers: { name: t('rail.customers'), href: hrefs.customers, icon: IconUsers },
    calls: { name: t('rail.calls'), href: hrefs.calls, icon: IconPhone },
    mailroom: { name: t('rail.mailroom'), href: hrefs.mailroom, icon: IconMailbox },
    counter: { name: t('rail.counter'), href: hrefs.counter, icon: IconBuildingStore },
    team: { name: t('rail.team'), href: hrefs.team, icon: IconUsersGroup },
    complaints: { name: t('rail.complaints'), href: hrefs.complaints, icon: IconMoodSad },
    catastrophes: { name: t('rail.catastrophes'), href: hrefs.catastrophes, icon: IconCloudStorm, also: [hrefs.broadcasts] },
    quality: { name: t('rail.quality'), href: hrefs.quality, icon: IconChartBar },
    satisfaction: { name: t('rail.satisfaction'), href: hrefs.satisfaction, icon: IconMoodSmile },
    settings: { name: t('rail.settings'), href: hrefs.settings(), icon: IconSettings },
  };
  return PLACES_OF[role].map((name) => all[name]);
}
