import type { Scan } from '@claimline/protocol';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useScans } from '../../client';
import { Page, TabsLine } from '../../ui';
import { LettersTray } from './letters-tray';
import { ScanTable } from './scan-table';
import styles from './mailroom.module.css';

type Tab = Scan['state'] | 'letters';

/** The mailroom's first page: papers that came in, to be filed; letters that go out, to be posted. */
export function MailroomPage() {
  const { t } = useTranslation('paper');
  const [tab, setTab] = useState<Tab>('waiting');
  const counts = useScans('waiting').data?.counts;
  const tabs = [
    { value: 'waiting', name: t('mailroom.waiting'), count: counts?.waiting },
    { value: 'filed', name: t('mailroom.filed'), count: counts?.filedToday },
    { value: 'set-aside', name: t('mailroom.aside') },
    { value: 'letters', name: t('mailroom.letters') },
  ] as const;
  return (
    <Page title={t('mailroom.title')}>
      <div className={styles.page}>
        <TabsLine label={t('mailroom.title')} tabs={tabs} value={tab} onChange={setTab} />
        {tab === 'letters' ? <LettersTray /> : <ScanTable state={tab} key={tab} />}
      </div>
    </Page>
  );
}
