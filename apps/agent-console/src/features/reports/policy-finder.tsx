import type { PolicyCandidate, Report } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePolicies } from '../../client';
import { useWords } from '../../locales';
import { PanelSection, SearchField, useDates } from '../../ui';
import styles from './report-page.module.css';

interface PolicyFinderProps {
  readonly report: Report;
  readonly disabled: boolean;
  readonly onPick: (policy: PolicyCandidate) => void;
}

/** The policies that the customer's phone, plate or words point to, each with its reason; and a search for any other. */
export function PolicyFinder({ report, disabled, onPick }: PolicyFinderProps) {
  const { t } = useTranslation('reports');
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text.trim(), 200);
  const { plate, phone } = report.fields;
  const known = report.conversationId ? { conversation: report.conversationId } : { plate, phone };
  const asked = q.length >= 4 ? { number: q, plate: q, phone: /\d{7}/.test(q.replace(/\D/g, '')) ? q : undefined } : known;
  const { data, isFetching } = usePolicies(asked);
  const items = data?.items ?? [];
  return (
    <PanelSection title={t('policy.title')}>
      {report.fields.policyNumber && <p className={styles.chosen}>{t('policy.chosen', { number: report.fields.policyNumber })}</p>}
      <SearchField label={t('policy.search')} value={text} onChange={setText} busy={isFetching} />
      {data?.problem && <p className={styles.problem}>{t('policy.problem', { problem: data.problem })}</p>}
      {!isFetching && items.length === 0 && <p className={styles.quiet}>{t(q ? 'policy.none' : 'policy.noneKnown')}</p>}
      <ul className={styles.candidates}>
        {items.map((policy) => (
          <Candidate key={policy.ref} policy={policy} disabled={disabled} onPick={onPick} />
        ))}
      </ul>
    </PanelSection>
  );
}

function Candidate({ policy, disabled, onPick }: { readonly policy: PolicyCandidate } & Pick<PolicyFinderProps, 'disabled' | 'onPick'>) {
  const { t } = useTranslation('reports');
  const words = useWords();
  const dates = useDates();
  const until = policy.endsOn ? t('policy.until', { date: dates.day(policy.endsOn) }) : null;
  return (
    <li className={styles.candidate}>
      <div>
        <p className={styles.strong}>{[policy.number, words.line(policy.line), policy.holder].filter(Boolean).join(' · ')}</p>
        <p className={styles.quiet}>{[t(`policy.by.${policy.reason}`, { number: policy.number }), until].filter(Boolean).join(' · ')}</p>
      </div>
      <Button size="xs" disabled={disabled} onClick={() => onPick(policy)} aria-label={t('policy.takeOne', { number: policy.number })}>
        {t('policy.take')}
      </Button>
    </li>
  );
}
