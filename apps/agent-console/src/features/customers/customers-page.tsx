import { useDebouncedValue } from '@mantine/hooks';
import { IconUserSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useContacts, useConversations } from '../../client';
import { GoLink, hrefs } from '../../navigation';
import { Avatar, ChannelIcon, EmptyState, ErrorState, Highlight, moveRowFocus, Page, SearchField, SkeletonRows, useDates } from '../../ui';
import styles from './customers-page.module.css';
import { recentCustomers, type CustomerRow } from './recent-customers';

/** Customers: who was in touch lately, or anybody by name, number or address. */
export function CustomersPage() {
  const { t } = useTranslation('customers');
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text.trim(), 150);
  const recent = useConversations('all');
  const search = useContacts(q, q !== '');
  const query = q ? search : recent;
  const rows = q ? search.data?.items.map((one): CustomerRow => ({ ...one, last: null })) : recent.data && recentCustomers(recent.data);
  return (
    <Page
      title={t('title')}
      actions={
        <div className={styles.search}>
          <SearchField label={t('search')} value={text} onChange={setText} busy={q !== '' && search.isFetching} />
        </div>
      }
    >
      <div className={styles.column}>
        {!rows && !query.isError && <SkeletonRows count={8} height={56} />}
        {query.isError && !rows && <ErrorState error={query.error} retry={() => void query.refetch()} />}
        {rows?.length === 0 && (
          <EmptyState icon={IconUserSearch} title={t(q ? 'empty.found' : 'empty.all')}>
            {t(q ? 'empty.foundHint' : 'empty.allHint')}
          </EmptyState>
        )}
        {rows && rows.length > 0 && (
          <>
            <h2 className={styles.heading}>{t(q ? 'found' : 'recent', { count: rows.length })}</h2>
            <ul className={styles.rows} onKeyDown={moveRowFocus}>
              {rows.map((row) => (
                <Row key={row.id} row={row} q={q} />
              ))}
            </ul>
          </>
        )}
      </div>
    </Page>
  );
}

function Row({ row, q }: { readonly row: CustomerRow; readonly q: string }) {
  const { t } = useTranslation('customers');
  const dates = useDates();
  return (
    <li>
      <GoLink href={hrefs.customer(row.id)} className={styles.row} data-row>
        <Avatar name={row.name} size={32} />
        <span className={styles.body}>
          <span className={styles.name}>
            <Highlight text={row.name} query={q} />
          </span>
          <span className={styles.words}>
            {row.address && <Highlight text={row.address} query={q} />}
            {row.last?.words}
          </span>
        </span>
        <span className={styles.end}>
          {row.claims !== null && t('claims', { count: row.claims })}
          {row.last && (
            <>
              <ChannelIcon kind={row.last.channel} /> {dates.relative(row.last.at)}
            </>
          )}
        </span>
      </GoLink>
    </li>
  );
}
