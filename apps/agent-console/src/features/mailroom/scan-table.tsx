import type { Scan } from '@claimline/protocol';
import { IconMailOpened } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useScans } from '../../client';
import { EmptyState, ErrorState, moveRowFocus, SkeletonRows, useDates, useMayWrite } from '../../ui';
import { DropZone } from './drop-zone';
import { ScanDesk } from './scan-desk';
import styles from './mailroom.module.css';

/** The papers at the left, the one that is looked at in the middle with what is done about it. */
export function ScanTable({ state }: { readonly state: Scan['state'] }) {
  const { t } = useTranslation('paper');
  const scans = useScans(state);
  const mayWrite = useMayWrite();
  const [wanted, setWanted] = useState<string | null>(null);
  const items = scans.data?.items ?? [];
  // When the one that was open is filed, the next moves up.
  const open = items.find(({ id }) => id === wanted) ?? items[0];
  return (
    <>
      {state === 'waiting' && mayWrite && <DropZone />}
      {scans.isPending && <SkeletonRows count={4} />}
      {scans.isError && !scans.data && <ErrorState error={scans.error} retry={() => void scans.refetch()} />}
      {scans.data && items.length === 0 && (
        <EmptyState icon={IconMailOpened} title={t(`mailroom.empty.${state}`)}>
          {t('mailroom.empty.hint')}
        </EmptyState>
      )}
      {open && (
        <div className={styles.table}>
          <ul className={styles.list} aria-label={t('mailroom.waiting')} onKeyDown={moveRowFocus}>
            {items.map((scan) => (
              <li key={scan.id}>
                <ScanRow scan={scan} open={scan.id === open.id} onOpen={() => setWanted(scan.id)} />
              </li>
            ))}
          </ul>
          <ScanDesk key={`${open.id}:${open.attachment.id}`} scan={open} />
        </div>
      )}
    </>
  );
}

function ScanRow({ scan, open, onOpen }: { readonly scan: Scan; readonly open: boolean; readonly onOpen: () => void }) {
  const { t } = useTranslation('paper');
  const dates = useDates();
  const first = scan.suggestions[0];
  return (
    <button type="button" className={styles.row} data-row aria-current={open || undefined} onClick={onOpen} onFocus={onOpen}>
      <span className={styles.name}>{scan.attachment.name}</span>
      <span className={styles.quiet}>
        {[
          scan.sender,
          scan.pages && t('mailroom.pages', { count: scan.pages }),
          t('mailroom.received', { day: dates.day(scan.receivedOn) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      <span className={styles.hint}>
        {scan.claim ??
          (first ? `${first.claim} · ${t(`reason.${first.reasons[0]!.kind}`, { value: '', where: '' }).trim()}` : t('filing.none'))}
      </span>
    </button>
  );
}
