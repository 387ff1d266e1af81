import type { ComplaintReport } from '@claimline/protocol';
import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hubNow, useCorrectiveAction } from '../../client';
import { useWords } from '../../locales';
import { Chip, PanelSection, useDates, useMayWrite } from '../../ui';
import { useColleagues } from './accused';
import { useHandlingWords } from './handling-words';
import styles from './complaints.module.css';

const FORTNIGHT_MS = 14 * 86_400_000;

/** What is done so that complaints of one cause do not come again. A cause that came too often asks for one. */
export function CorrectiveActions({ report }: { readonly report: ComplaintReport }) {
  const { t } = useTranslation('complaints');
  const handling = useHandlingWords();
  const mayWrite = useMayWrite();
  return (
    <PanelSection title={t('actions.title')}>
      {report.demandsAction.map((cause) => (
        <p key={cause} className={styles.demanded} role="status">
          {t('actions.demanded', { cause: handling.cause(cause) })}
        </p>
      ))}
      <ul className={styles.notes}>
        {report.actions.map((action) => (
          <Action key={action.id} action={action} />
        ))}
      </ul>
      {report.actions.length === 0 && report.demandsAction.length === 0 && <p className={styles.quiet}>{t('actions.none')}</p>}
      {mayWrite && (
        <NewAction month={report.month} cause={report.demandsAction[0] ?? ''} key={`${report.month}-${report.actions.length}`} />
      )}
    </PanelSection>
  );
}

function Action({ action }: { readonly action: ComplaintReport['actions'][number] }) {
  const { t } = useTranslation('complaints');
  const handling = useHandlingWords();
  const dates = useDates();
  const mayWrite = useMayWrite();
  const act = useCorrectiveAction();
  const [result, setResult] = useState('');
  const finish = () => act.mutate({ path: `/${action.id}/done`, body: { result } });
  return (
    <li>
      <p className={styles.noteHead}>
        <Chip>{handling.cause(action.rootCause)}</Chip>
        <span className={styles.quiet}>{`${action.owner.name} · ${dates.day(action.due)}`}</span>
        {action.doneAt && <Chip tone="good">{t('actions.done', { at: dates.day(action.doneAt) })}</Chip>}
      </p>
      <p>{action.action}</p>
      {action.result && <p className={styles.quiet}>{action.result}</p>}
      {!action.doneAt && mayWrite && (
        <div className={styles.inline}>
          <TextInput
            aria-label={t('actions.result')}
            placeholder={t('actions.result')}
            value={result}
            onChange={(event) => setResult(event.currentTarget.value)}
          />
          <Button variant="default" disabled={!result.trim()} loading={act.isPending} onClick={finish}>
            {t('actions.finish')}
          </Button>
        </div>
      )}
    </li>
  );
}

function NewAction({ month, cause: first }: { readonly month: string; readonly cause: string }) {
  const { t } = useTranslation('complaints');
  const words = useWords();
  const { causes } = useHandlingWords();
  const colleagues = useColleagues();
  const act = useCorrectiveAction();
  const [cause, setCause] = useState(first);
  const [owner, setOwner] = useState('');
  const [action, setAction] = useState('');
  const [due, setDue] = useState(new Date(hubNow() + FORTNIGHT_MS).toISOString().slice(0, 10));
  const add = () => act.mutate({ body: { rootCause: cause, month, action, owner, due: new Date(`${due}T17:00:00`).toISOString() } });
  return (
    <div className={styles.actionForm}>
      <Select label={t('rootCause')} data={causes} value={cause || null} onChange={(value) => setCause(value ?? '')} searchable />
      <Select label={t('actions.owner')} data={colleagues} value={owner || null} onChange={(value) => setOwner(value ?? '')} searchable />
      <TextInput label={t('due')} type="date" value={due} onChange={(event) => setDue(event.currentTarget.value)} />
      <TextInput label={t('actions.action')} value={action} onChange={(event) => setAction(event.currentTarget.value)} maxLength={1000} />
      {act.isError && (
        <p className={styles.problem} role="alert">
          {words.error(act.error)}
        </p>
      )}
      <Button variant="default" disabled={!cause || !owner || !action.trim() || !due} loading={act.isPending} onClick={add}>
        {t('actions.add')}
      </Button>
    </div>
  );
}
