import type { StaffAccount } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStaff } from '../../../client';
import { useWords } from '../../../locales';
import { Avatar, Chip, ErrorState, SkeletonRows, useMayConfigure } from '../../../ui';
import { SectionHead } from '../section-head';
import styles from '../settings-page.module.css';
import { AccountDialog } from './account-dialog';
import { ApiKeysList } from './api-keys-list';

/** Who may sign in, and which programs may call. */
export function AccountsSection() {
  const { t } = useTranslation('accounts');
  const { data, error, refetch } = useStaff();
  const mayConfigure = useMayConfigure();
  const [open, setOpen] = useState<string | 'new' | null>(null);
  const account = data?.items.find((one) => one.id === open) ?? null;
  const teams = [...new Set(data?.items.flatMap((one) => one.profile?.teams ?? []))].sort();
  const add = mayConfigure && (
    <Button variant="filled" leftSection={<IconPlus size={15} stroke={1.8} />} onClick={() => setOpen('new')}>
      {t('new')}
    </Button>
  );
  return (
    <section>
      <SectionHead title={t('title')} hint={t('hint')} actions={add} />
      {error && !data && <ErrorState error={error} retry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={5} height={56} />}
      <ul className={styles.list}>
        {data?.items.map((one) => (
          <AccountRow key={one.id} account={one} onOpen={mayConfigure ? () => setOpen(one.id) : undefined} />
        ))}
      </ul>
      {(open === 'new' || account) && <AccountDialog key={open} account={account} teams={teams} onClose={() => setOpen(null)} />}
      <ApiKeysList />
    </section>
  );
}

function AccountRow({ account, onOpen }: { readonly account: StaffAccount; readonly onOpen?: () => void }) {
  const { t } = useTranslation('accounts');
  const words = useWords();
  return (
    <li>
      <button type="button" className={styles.row} data-press onClick={onOpen} disabled={!onOpen}>
        <Avatar name={account.name} size={32} />
        <span className={styles.grow}>
          <span className={styles.name}>
            {account.name} <span className={styles.quiet}>{words.role(account.role)}</span>
          </span>
          <span className={styles.quiet}>{account.email}</span>
        </span>
        {!account.active && <Chip tone="warn">{t('closed')}</Chip>}
      </button>
    </li>
  );
}
