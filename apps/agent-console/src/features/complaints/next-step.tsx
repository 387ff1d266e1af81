import type { Complaint } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useComplaintAct } from '../../client';
import { useWords } from '../../locales';
import { PanelSection, toast } from '../../ui';
import { ClassifyFields, ConfirmFields, EndFields, ExecuteFields, InvestigateFields, ProposeFields, ScoreFields } from './step-fields';
import styles from './complaints.module.css';

/** What a form has gathered; not ready: nothing may be sent yet. */
export interface StepBody {
  readonly ready: boolean;
  readonly body: object;
}

/** The fields of one step: says what it has gathered on every change. */
export interface StepFieldsProps {
  readonly complaint: Complaint;
  readonly onChange: (step: StepBody) => void;
}

const FIELDS: Readonly<Record<string, (props: StepFieldsProps) => ReactNode>> = {
  confirm: ConfirmFields,
  dismiss: EndFields,
  withdraw: EndFields,
  classify: ClassifyFields,
  investigate: InvestigateFields,
  propose: ProposeFields,
  execute: ExecuteFields,
  score: ScoreFields,
};
const QUIET = ['dismiss', 'withdraw'];

/** What may be done now: the step itself, open; what ends it otherwise, behind a quiet button. */
export function NextStep({ complaint }: { readonly complaint: Complaint }) {
  const { t } = useTranslation('complaints');
  const forward = complaint.deeds.filter((deed) => !QUIET.includes(deed));
  const first = complaint.state === 'follow_up' && complaint.score !== null ? 'close' : forwardFirst(complaint.state, forward);
  const [deed, setDeed] = useState(first ?? complaint.deeds[0] ?? '');
  return (
    <PanelSection title={t('next')}>
      <div className={styles.deeds} role="group" aria-label={t('next')}>
        {complaint.deeds.map((one) => (
          <Button key={one} size="xs" variant={one === deed ? 'light' : 'default'} aria-pressed={one === deed} onClick={() => setDeed(one)}>
            {t(`deed.${one}`)}
          </Button>
        ))}
      </div>
      <StepForm key={deed} complaint={complaint} deed={deed} />
    </PanelSection>
  );
}

// Where one may also do the last step again, the way leads on.
const forwardFirst = (state: string, deeds: readonly string[]): string | undefined =>
  ({ investigating: 'propose', proposed: 'execute', follow_up: 'score' })[state] ?? deeds[0];

function StepForm({ complaint, deed }: { readonly complaint: Complaint; readonly deed: string }) {
  const { t } = useTranslation('complaints');
  const words = useWords();
  const act = useComplaintAct(complaint.id);
  const Fields = FIELDS[deed];
  const [step, setStep] = useState<StepBody>({ ready: Fields === undefined, body: {} });
  const take = () => act.mutate({ act: deed, body: step.body }, { onSuccess: () => toast({ text: t(`done.${deed}`) }) });
  return (
    <div className={styles.form}>
      <p className={styles.hint}>{t(`deedHint.${deed}`)}</p>
      {Fields && <Fields complaint={complaint} onChange={setStep} />}
      {act.isError && (
        <p className={styles.problem} role="alert">
          {words.error(act.error)}
        </p>
      )}
      <Button variant="filled" loading={act.isPending} disabled={!step.ready} onClick={take}>
        {t(`deed.${deed}`)}
      </Button>
    </div>
  );
}
