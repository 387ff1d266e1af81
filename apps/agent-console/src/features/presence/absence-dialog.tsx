import type { SetAbsence } from '@claimline/protocol';
import { Button, Modal, Radio, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { hubNow, useMe, usePeople, useSetAbsence, useUndoAbsence } from '../../client';
import { useWords } from '../../locales';
import { AbsencePreview, toast, useMaySupervise } from '../../ui';
import { absenceSpan, dayText } from './absence-dates';
import styles from './absence-dialog.module.css';
import { AbsenceList } from './absence-list';

const RETURNS = ['immediately', 'on-close', 'never'] as const;

interface AbsenceDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** When I am away, who gets the work meanwhile, and when it comes back. Supervisors set it for others, too. */
export function AbsenceDialog({ opened, onClose }: AbsenceDialogProps) {
  const { t } = useTranslation('presence');
  return (
    <Modal opened={opened} onClose={onClose} title={t('absence.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <AbsenceForm />
      <AbsenceList />
    </Modal>
  );
}

function AbsenceForm() {
  const { t } = useTranslation('presence');
  const words = useWords();
  const me = useMe().data;
  const people = usePeople().data?.items ?? [];
  const maySupervise = useMaySupervise();
  const save = useSetAbsence();
  const undo = useUndoAbsence();
  const today = dayText(new Date(hubNow()));
  const [account, setAccount] = useState(me?.id ?? '');
  const [first, setFirst] = useState(today);
  const [last, setLast] = useState(today);
  const [delegate, setDelegate] = useState('');
  const [returns, setReturns] = useState<NonNullable<SetAbsence['returns']>>('on-close');
  const span = absenceSpan(first, last, new Date(hubNow()));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!span) return;
    const absence: SetAbsence = { ...span, delegate: delegate || null, returns, account: account === me?.id ? undefined : account };
    const failed = (error: unknown): void => void toast({ text: words.error(error), tone: 'danger' });
    const back = (id: string) => () => void undo.mutateAsync(id).catch(failed);
    save.mutate(absence, {
      onSuccess: ({ id }) => toast({ text: t('absence.saved'), action: { label: t('absence.undo'), run: back(id) }, lasts: 20_000 }),
    });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      {maySupervise && (
        <Select
          label={t('absence.who')}
          searchable
          data={people.map((one) => ({ value: one.id, label: one.name }))}
          value={account}
          onChange={(value) => setAccount(value ?? me?.id ?? '')}
        />
      )}
      <div className={styles.dates}>
        <TextInput
          type="date"
          label={t('absence.first')}
          min={today}
          value={first}
          onChange={(event) => {
            setFirst(event.currentTarget.value);
            if (event.currentTarget.value > last) setLast(event.currentTarget.value);
          }}
        />
        <TextInput
          type="date"
          label={t('absence.last')}
          min={first}
          value={last}
          onChange={(event) => setLast(event.currentTarget.value)}
        />
      </div>
      <Select
        label={t('absence.delegate')}
        description={t('absence.delegateHint')}
        searchable
        data={[
          { value: '', label: t('absence.router') },
          ...people.filter((one) => one.id !== account && one.absentUntil === null).map((one) => ({ value: one.id, label: one.name })),
        ]}
        value={delegate}
        onChange={(value) => setDelegate(value ?? '')}
      />
      <Radio.Group
        label={t('absence.returns')}
        value={returns}
        onChange={(value) => setReturns(RETURNS.find((one) => one === value) ?? 'on-close')}
      >
        <div className={styles.radios}>
          {RETURNS.map((value) => (
            <Radio key={value} size="xs" value={value} label={t(`returns.${value}`)} />
          ))}
        </div>
      </Radio.Group>
      {!span && <p className={styles.problem}>{t('absence.noSpan')}</p>}
      <AbsencePreview wish={span ? { ...span, delegate: delegate || null, account: account === me?.id ? undefined : account } : null} />
      {save.isError && (
        <p className={styles.problem} role="alert">
          {words.error(save.error)}
        </p>
      )}
      <div className={styles.actions}>
        <Button type="submit" variant="filled" loading={save.isPending} disabled={!span}>
          {t('absence.save')}
        </Button>
      </div>
    </form>
  );
}
