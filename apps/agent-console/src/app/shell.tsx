import { Outlet } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { listenForKeys, useOffer } from '../commands';
import { CommandBar } from '../features/command-bar';
import { WriteFirstDialog } from '../features/write-first';
import { hrefs, useGo, usePathParams } from '../navigation';
import { Toasts, useNarrow } from '../ui';
import { ConnectionBanner } from './connection-banner';
import { KeysHelp } from './keys-help';
import { Rail } from './rail';
import styles from './shell.module.css';

/** What is always there: the rail, the banner, the page, the command bar, toasts and keys. */
export function Shell() {
  const { t } = useTranslation();
  const go = useGo();
  const narrow = useNarrow();
  const { conversationId } = usePathParams();
  useEffect(listenForKeys, []);
  const section = t('keys.go');
  useOffer([
    { id: 'go.inbox', title: t('rail.inbox'), section, run: () => go(hrefs.inbox()) },
    { id: 'go.needs-look', title: t('rail.needsLook'), section, run: () => go(hrefs.needsLook) },
    { id: 'go.claims', title: t('rail.claims'), section, run: () => go(hrefs.claims) },
    { id: 'go.customers', title: t('rail.customers'), section, run: () => go(hrefs.customers) },
    { id: 'go.calls', title: t('rail.calls'), section, run: () => go(hrefs.calls) },
    { id: 'go.tasks', title: t('rail.tasks'), section, run: () => go(hrefs.tasks) },
    { id: 'go.quality', title: t('rail.quality'), section, run: () => go(hrefs.quality) },
    { id: 'go.settings', title: t('rail.settings'), section, run: () => go(hrefs.settings()) },
  ]);
  // On a phone an open conversation has the whole screen.
  const rail = !(narrow && conversationId);
  return (
    <div className={styles.shell} data-narrow={narrow || undefined}>
      {rail && <Rail />}
      <main className={styles.main}>
        <ConnectionBanner />
        <div className={styles.page}>
          <Outlet />
        </div>
      </main>
      <CommandBar />
      <WriteFirstDialog />
      <KeysHelp />
      <Toasts />
    </div>
  );
}
