import type { ClaimItem } from '@claimline/protocol';
import { useDebouncedValue } from '@mantine/hooks';
import { IconFileSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClaims } from '../../client';
import { useWords } from '../../locales';
import { GoLink, hrefs } from '../../navigation';
import { EmptyState, ErrorState, Highlight, MoreRows, moveRowFocus, Page, SearchField, SkeletonRows, useDates } from '../../ui';
import styles from './claims-page.module.css';

/** The claims that I may see, found by number, name, plate or policy. */
export function ClaimsPage() {
  const { t } = useTranslation('claims');
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text.trim(), 150);
  const query = useClaims(q);
  const claims = query.data ?? [];
  return (
    <Page
      title={t('title')}
      actions={
        <div className={styles.search}>
          <SearchField label={t('search')} value={text} onChange={setText} busy={query.isFetching && q !== ''} />
        </div>
      }
    >
      {query.isPending && <SkeletonRows count={10} height={52} />}
      {query.isError && !query.data && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      {query.data && claims.length === 0 && (
        <EmptyState icon={IconFileSearch} title={t(q ? 'empty.found' : 'empty.all')}>
          {t(q ? 'empty.foundHint' : 'empty.allHint')}
        </EmptyState>
      )}
      {claims.length > 0 && (
        <div className={styles.table} onKeyDown={moveRowFocus}>
          <div className={styles.headings} aria-hidden>
            {(['number', 'who', 'stage', 'plate', 'handler', 'lossDate'] as const).map((column) => (
              <span key={column}>{t(`column.${column}`)}</span>
            ))}
          </div>
          <ul className={styles.rows}>
            {claims.map((claim) => (
              <Row key={claim.number} claim={claim} q={q} />
            ))}
          </ul>
          <MoreRows query={query} />
        </div>
      )}
    </Page>
  );
}

function Row({ claim, q }: { readonly claim: ClaimItem; readonly q: string }) {
  const { t } = useTranslation('claims');
  const words = useWords();
  const dates = useDates();
  return (
    <li>
      <GoLink href={hrefs.claim(claim.number)} className={styles.row} data-row>
        <span className={styles.number}>
          <Highlight text={claim.number} query={q} />
        </span>
        <span className={styles.who}>
          <Highlight text={claim.who} query={q} />
        </span>
        <span className={styles.stage}>
          {words.stage(claim.stage)} <span className={styles.quiet}>· {words.line(claim.line)}</span>
        </span>
        <span className={styles.plate}>
          {claim.plate && <Highlight text={claim.plate} query={q} />}
          {claim.policyNumber && (
            <span className={styles.policy}>
              <Highlight text={claim.policyNumber} query={q} />
            </span>
          )}
        </span>
        <span className={styles.handler}>{claim.handler ?? <span className={styles.quiet}>{t('noHandler')}</span>}</span>
        <span className={styles.date}>{claim.lossDate ? dates.day(claim.lossDate) : ''}</span>
      </GoLink>
    </li>
  );
}
