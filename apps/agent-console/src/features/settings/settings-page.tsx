import { IconInbox, IconLock, IconTemplate, IconUserCog, IconUsers, type TablerIcon } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../client';
import { GoLink, hrefs, usePath } from '../../navigation';
import { EmptyState, Page } from '../../ui';
import { InboxesSection } from './inboxes-section';
import { MySection } from './my-section';
import { PeopleSection } from './people-section';
import styles from './settings-page.module.css';
import { TemplatesSection } from './templates-section';

interface Section {
  readonly name: 'mine' | 'inboxes' | 'people' | 'templates';
  readonly icon: TablerIcon;
  readonly content: ComponentType;
  /** Only those who configure or supervise see it; an auditor reads. */
  readonly forEverybody: boolean;
}

const SECTIONS: readonly Section[] = [
  { name: 'mine', icon: IconUserCog, content: MySection, forEverybody: true },
  { name: 'inboxes', icon: IconInbox, content: InboxesSection, forEverybody: false },
  { name: 'people', icon: IconUsers, content: PeopleSection, forEverybody: false },
  { name: 'templates', icon: IconTemplate, content: TemplatesSection, forEverybody: false },
];

/** Settings: mine for everybody, those of the hub for those who run it. */
export function SettingsPage() {
  const { t } = useTranslation('settings');
  const adjuster = useMe().data?.role === 'adjuster';
  const asked = usePath().split('/')[2] ?? 'mine';
  const open = SECTIONS.find((section) => section.name === asked) ?? SECTIONS[0];
  const Content = open?.content ?? MySection;
  const allowed = !adjuster || open?.forEverybody;
  return (
    <Page title={t('title')}>
      <div className={styles.columns}>
        <nav className={styles.nav} aria-label={t('title')}>
          {SECTIONS.filter((section) => !adjuster || section.forEverybody).map(({ name, icon: Icon }) => (
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
