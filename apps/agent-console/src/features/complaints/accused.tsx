import type { Complaint } from '@claimline/protocol';
import { Button, MultiSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useComplaintAct, usePeople } from '../../client';
import { useWords } from '../../locales';
import styles from './complaints.module.css';

/** Colleagues as a choice. */
export function useColleagues(except: readonly string[] = []) {
  const people = usePeople().data?.items ?? [];
  return people.filter(({ id }) => !except.includes(id)).map(({ id, name }) => ({ value: id, label: name }));
}

/** Who is complained about, and so takes no part and reads nothing of it. Changed here while the complaint is open. */
export function Accused({ complaint }: { readonly complaint: Complaint }) {
  const { t } = useTranslation('complaints');
  const words = useWords();
  const act = useComplaintAct(complaint.id);
  const colleagues = useColleagues();
  const [editing, setEditing] = useState(false);
  const [chosen, setChosen] = useState<string[]>(complaint.against.map(({ id }) => id));
  const mayEdit = complaint.deeds.length > 0 && complaint.state !== 'draft' && complaint.endedAt === null;
  const save = () => act.mutate({ act: 'against', body: { against: chosen } }, { onSuccess: () => setEditing(false) });
  return (
    <div className={styles.accused}>
      <p className={styles.label}>{t('against')}</p>
      {!editing && <p>{complaint.against.map(({ name }) => name).join(', ') || t('againstNobody')}</p>}
      {!editing && <p className={styles.hint}>{t('againstHint')}</p>}
      {editing && <MultiSelect aria-label={t('against')} data={colleagues} value={chosen} onChange={setChosen} searchable />}
      {act.isError && (
        <p className={styles.problem} role="alert">
          {words.error(act.error)}
        </p>
      )}
      {mayEdit && (
        <Button size="xs" variant="default" loading={act.isPending} onClick={() => (editing ? save() : setEditing(true))}>
          {editing ? t('save') : t('change')}
        </Button>
      )}
    </div>
  );
}
