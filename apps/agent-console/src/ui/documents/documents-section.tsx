import type { ClaimDocuments } from '@claimline/protocol';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconMailQuestion } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDocuments } from '../../client';
import { useOffer } from '../../commands';
import { useDates } from '../dates';
import { ErrorState } from '../empty-state';
import { PanelSection } from '../panel-section';
import { useMayWrite } from '../rights';
import { SkeletonRows } from '../skeleton-rows';
import { DocumentThumbnail } from './document-thumbnail';
import { DocumentRow } from './document-row';
import styles from './documents.module.css';
import { MoveMenu } from './move-menu';
import { RequestDialog } from './request-dialog';

// What needs nobody any more folds into one line; a pair of them is no shorter folded.
const SHOWN_SETTLED = 2;

/** The documents of a claim: how many are here, each with its state and what came, and asking for the missing ones in one message (`d`, Enter). */
export function DocumentsSection({ number }: { readonly number: string }) {
  const { t } = useTranslation('documents');
  const mayWrite = useMayWrite();
  const [asking, setAsking] = useState(false);
  const { data: documents, error, refetch } = useDocuments(number);
  useOffer([
    mayWrite && documents && { id: 'documents.ask', title: t('ask'), section: t('askSection'), keys: 'd', run: () => setAsking(true) },
  ]);
  const ask = mayWrite && documents && documents.items.length > 0 && (
    <Tooltip label={t('ask')}>
      <ActionIcon aria-label={t('ask')} onClick={() => setAsking(true)}>
        <IconMailQuestion size={16} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
  const title =
    documents && documents.items.length > 0 ? t('count', { have: documents.counts.have, total: documents.counts.total }) : t('title');
  return (
    <PanelSection title={title} aside={ask}>
      {error && !documents && <ErrorState error={error} retry={() => void refetch()} />}
      {!error && !documents && <SkeletonRows count={2} />}
      {documents && <DocumentRows documents={documents} />}
      {documents && asking && <RequestDialog documents={documents} onClose={() => setAsking(false)} />}
    </PanelSection>
  );
}

function DocumentRows({ documents }: { readonly documents: ClaimDocuments }) {
  const { t } = useTranslation('documents');
  const parties = new Set(documents.items.map(({ party }) => party?.id));
  const settled = documents.items.filter(({ state }) => state === 'accepted' || state === 'waived');
  const folded = settled.length > SHOWN_SETTLED ? settled : [];
  const row = (item: ClaimDocuments['items'][number]) => (
    <DocumentRow key={item.id} item={item} documents={documents} showParty={parties.size > 1} />
  );
  if (documents.items.length === 0) return <p className={styles.quiet}>{t('none')}</p>;
  return (
    <>
      <RequestLine documents={documents} />
      {folded.length < documents.items.length && (
        <ul className={styles.rows}>{documents.items.filter((item) => !folded.includes(item)).map(row)}</ul>
      )}
      {folded.length > 0 && (
        <details className={styles.settled}>
          <summary>{t('settled', { count: folded.length })}</summary>
          <ul className={styles.rows}>{folded.map(row)}</ul>
        </details>
      )}
      {documents.unmatched.length > 0 && <Unmatched documents={documents} />}
    </>
  );
}

function RequestLine({ documents: { requests } }: { readonly documents: ClaimDocuments }) {
  const { t } = useTranslation('documents');
  const dates = useDates();
  const last = requests.filter(({ state }) => state !== 'canceled').at(-1);
  if (!last) return null;
  if (last.state === 'waiting') return <p className={styles.quiet}>{t('waitingToLeave')}</p>;
  if (last.state === 'not-sent') return <p className={styles.problem}>{t('notSent')}</p>;
  const at = dates.moment(last.toldAt!);
  const said = last.arrivedAt ? t('toldArrived', { at, arrived: dates.moment(last.arrivedAt) }) : t('told', { at });
  return <p className={styles.quiet}>{last.remindAt ? `${said} · ${t('reminder', { at: dates.moment(last.remindAt) })}` : said}</p>;
}

function Unmatched({ documents }: { readonly documents: ClaimDocuments }) {
  const { t } = useTranslation('documents');
  return (
    <div className={styles.unmatched}>
      <h4 className={styles.sub} title={t('unmatchedWhy')}>
        {t('unmatched')}
      </h4>
      <ul className={styles.files}>
        {documents.unmatched.map((file) => (
          <li key={file.id} className={styles.file}>
            <DocumentThumbnail file={file} />
            <MoveMenu file={file} documents={documents} />
          </li>
        ))}
      </ul>
    </div>
  );
}
