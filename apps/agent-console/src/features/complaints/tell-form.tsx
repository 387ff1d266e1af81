import type { Complaint } from '@claimline/protocol';
import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useComplaintAct } from '../../client';
import { useWords } from '../../locales';
import { PanelSection, TabsLine, toast } from '../../ui';
import styles from './complaints.module.css';

type What = 'progress' | 'extend' | 'outcome';

/** What the customer is told: how it stands, more time with the reason, the outcome in writing. */
export function TellForm({ complaint }: { readonly complaint: Complaint }) {
  const { t } = useTranslation('complaints');
  const words = useWords();
  const act = useComplaintAct(complaint.id);
  const withOutcome = complaint.state === 'executing' || complaint.state === 'follow_up';
  const [what, setWhat] = useState<What>(withOutcome && !complaint.outcome ? 'outcome' : 'progress');
  const [text, setText] = useState('');
  const kinds: readonly What[] = withOutcome ? ['outcome', 'progress', 'extend'] : ['progress', 'extend'];
  const chosen = kinds.includes(what) ? what : 'progress';
  const tell = () =>
    act.mutate(
      { act: chosen, body: chosen === 'extend' ? { reason: text } : { text } },
      { onSuccess: () => (setText(''), toast({ text: t(`told.${chosen}`) })) },
    );
  return (
    <PanelSection title={t('tell')}>
      <div className={styles.form}>
        <TabsLine
          label={t('tell')}
          value={chosen}
          onChange={setWhat}
          tabs={kinds.map((value) => ({ value, name: t(`tellWhat.${value}`) }))}
        />
        <p className={styles.hint}>{t(`tellHint.${chosen}`)}</p>
        <Textarea
          aria-label={t(`tellWhat.${chosen}`)}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autosize
          minRows={3}
          maxLength={4000}
        />
        {act.isError && (
          <p className={styles.problem} role="alert">
            {words.error(act.error)}
          </p>
        )}
        <Button variant="default" loading={act.isPending} disabled={!text.trim()} onClick={tell}>
          {t(`tellDo.${chosen}`)}
        </Button>
      </div>
    </PanelSection>
  );
}
