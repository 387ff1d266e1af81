import type { Role } from '@claimline/protocol';
import {
  IconFileSearch,
  IconFiles,
  IconInbox,
  IconKey,
  IconLock,
  IconMoodSad,
  IconPlugConnected,
  IconTemplate,
  IconUserCog,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import { useEffect, useRef, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../client';
import { GoLink, hrefs, usePath } from '../../navigation';
import { EmptyState, Page } from '../../ui';
import { AccountsSection } from './accounts/accounts-section';
import { ClaimCoreSection } from './claim-core-section';
import { ComplaintsSection } from './complaints-section';
import { DocumentsSection } from './documents/documents-section';
import { InboxesSection } from './inboxes-section';
import { MySection } from './my-section';
import { PeopleSection } from './people-section';
import { PolicySearchSection } from './policy-search-section';
import styles from './settings-page.module.css';
import { TemplatesSection } from './templates-section';

interface Section {
  readonly name: 'mine' | 'accounts' | 'inboxes' | 'people' | 'templates' | 'claim-core' | 'policies' | 'complaints' | 'documents';
  readonly icon: TablerIcon;
  readonly content: ComponentType;
  /** Who sees it; absent: everybody. */
  readonly roles?: readonly Role[];
}

const RUNNING: readonly Role[] = ['supervisor', 'administrator', 'auditor'];
const CONFIGURING: readonly Role[] = ['administrator', 'auditor'];

const SECTIONS: readonly Section[] = [
  { name: 'mine', icon: IconUserCog, content: MySection },
  { name: 'inboxes', icon: IconInbox, content: InboxesSection, roles: RUNNING },
  { name: 'people', icon: IconUsers, content: PeopleSection, roles: RUNNING },
  { name: 'accounts', icon: IconKey, content: AccountsSection, roles: CONFIGURING },
  { name: 'templates', icon: IconTemplate, content: TemplatesSection, roles: RUNNING },
  { name: 'documents', icon: IconFiles, content: DocumentsSection, roles: RUNNING },
  { name: 'complaints', icon: IconMoodSad, content: ComplaintsSection, roles: [...RUNNING, 'complaints-officer'] },
  { name: 'claim-core', icon: IconPlugConnected, content: ClaimCoreSection, roles: RUNNING },
  { name: 'policies', icon: IconFileSearch, content: PolicySearchSection, roles: RUNNING },
];

const isFor = (role: Role | undefined, { roles }: Section): boolean => roles === undefined || (role !== undefined && roles.includes(role));

/** Settings: mine for everybody, those of the hub for those who run it. */
export function SettingsPage() {
  const { t } = useTranslation('settings');
  const role = useMe().data?.role;
  const asked = usePath().split('/')[2] ?? 'mine';
  const open = SECTIONS.find((section) => section.name === asked) ?? SECTIONS[0];
  const nav = useRef<HTMLElement>(null);
  // On a phone the sections stand in one line: the open one is brought to sight.
  useEffect(() => nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' }), [open?.name, role]);
  const Content = open?.content ?? MySection;
  const allowed = open !== undefined && isFor(role, open);
  return (
    <Page title={t('title')}>
      <div className={styles.columns}>
        <nav ref={nav} className={styles.nav} aria-label={t('title')}>
          {SECTIONS.filter((section) => isFor(role, section)).map(({ name, icon: Icon }) => (
            <GoLink key={name} href={hrefs.settings(name)} className={styles.link} aria-current={name === open?.name ? 'page' : undefined}>
              <Icon size={16} stroke={1.7} aria-hidden />
              {t(`section.${name}`)}
            </GoLink>
          ))}
        </nav>
        <div className={styles.content}>
          {allowed ? (
            <Content />
          ) : (
            <EmptyState icon={IconLock} title={t('notAllowed')}>
              {t('notAllowedHint')}
            </EmptyState>
          )}
        </div>
      </div>
    </Page>
  );
}
