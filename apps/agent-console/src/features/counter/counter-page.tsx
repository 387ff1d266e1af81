import type { LoggedVisit } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useContact, useSearch } from '../../client';
import { useWords } from '../../locales';
import { hrefs, useGo } from '../../navigation';
import { Chip, ErrorState, Page, SearchField, SkeletonRows } from '../../ui';
import styles from './counter.module.css';
import { ClaimPeople } from './claim-people';
import { VisitForm } from './visit-form';

/** The counter's first page: somebody stands here. Who, which claim, what was said, which papers; then a receipt. */
export function CounterPage() {
  const { t } = useTranslation('counter');
  const [contact, setContact] = useState<string | null>(null);
  const [logged, setLogged] = useState<LoggedVisit | null>(null);
  const start = () => {
    setLogged(null);
    setContact(null);
  };
  return (
    <Page
      title={t('title')}
      actions={
        contact && (
          <Button variant="default" onClick={start}>
            {t(logged ? 'next' : 'change')}
          </Button>
        )
      }
    >
      <div className={styles.page}>
        {!contact && <WhoIsHere onPick={setContact} />}
        {contact && !logged && <Customer id={contact} onLogged={setLogged} />}
        {logged && <Done logged={logged} />}
      </div>
    </Page>
  );
}

function WhoIsHere({ onPick }: { readonly onPick: (contact: string) => void }) {
  const { t } = useTranslation('counter');
  const words = useWords();
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text.trim(), 150);
  const { data, isFetching, error } = useSearch(q);
  const contacts = q ? (data?.contacts ?? []) : [];
  return (
    <div className={styles.who}>
      <SearchField label={t('who')} value={text} onChange={setText} busy={isFetching} autoFocus />
      <p className={styles.hint}>{error ? words.error(error) : t('whoHint')}</p>
      <ul className={styles.people}>
        {contacts.map((one) => (
          <li key={one.id}>
            <button type="button" className={styles.person} onClick={() => onPick(one.id)}>
              <strong>{one.name}</strong>
              <span className={styles.quiet}>{one.address}</span>
            </button>
          </li>
        ))}
        {(q ? (data?.claims ?? []) : []).map((claim) => (
          <ClaimPeople key={claim.number} number={claim.number} onPick={onPick} />
        ))}
      </ul>
    </div>
  );
}

function Customer({ id, onLogged }: { readonly id: string; readonly onLogged: (logged: LoggedVisit) => void }) {
  const { t } = useTranslation('counter');
  const words = useWords();
  const { data: contact, error, refetch } = useContact(id);
  const [claim, setClaim] = useState<string | null | undefined>(undefined);
  if (error && !contact) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!contact) return <SkeletonRows count={3} />;
  const chosen = claim === undefined ? (contact.claims.find(({ stage }) => stage !== 'closed')?.number ?? null) : claim;
  return (
    <>
      <h2 className={styles.name}>{contact.name}</h2>
      <div className={styles.chips} role="group" aria-label={t('claim')}>
        {contact.claims.map(({ number, stage, line }) => (
          <button key={number} type="button" className={styles.choice} aria-pressed={chosen === number} onClick={() => setClaim(number)}>
            <strong>{number}</strong>
            <span className={styles.quiet}>{[words.line(line), words.stage(stage)].join(' · ')}</span>
          </button>
        ))}
        <button type="button" className={styles.choice} aria-pressed={chosen === null} onClick={() => setClaim(null)}>
          {t('noClaim')}
        </button>
      </div>
      <VisitForm contact={id} claim={chosen} onLogged={onLogged} />
    </>
  );
}

function Done({ logged }: { readonly logged: LoggedVisit }) {
  const { t } = useTranslation('counter');
  const go = useGo();
  return (
    <div className={styles.done} role="status">
      <Chip tone="good">{t('saved')}</Chip>
      <Button
        component="a"
        href={`/api/counter/visits/${logged.message}/receipt`}
        target="_blank"
        rel="noreferrer"
        leftSection={<IconPrinter size={16} />}
      >
        {t('receipt')}
      </Button>
      <Button variant="default" onClick={() => go(hrefs.conversation(logged.conversation))}>
        {t('open')}
      </Button>
    </div>
  );
}
