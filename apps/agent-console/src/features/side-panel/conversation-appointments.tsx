import type { Appointment, Conversation } from '@claimline/protocol';
import { ActionIcon, Button, Select, TextInput, Tooltip } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useAppointments, useCancelAppointment, useChangeAppointment, usePeople, useSetAppointment } from '../../client';
import { useOffer } from '../../commands';
import { useWords } from '../../locales';
import { Chip, PanelSection, useDates, useMayWrite } from '../../ui';
import styles from './side-panel.module.css';

const OVER: readonly Appointment['state'][] = ['canceled', 'held'];
const TONES = { invited: 'plain', confirmed: 'good', 'change-asked': 'warn', canceled: 'plain', held: 'plain' } as const;

/** Visits agreed on with this customer: set, change or cancel one; they answer on their own page. */
export function ConversationAppointments({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useTranslation('counter');
  const mayWrite = useMayWrite();
  const [editing, setEditing] = useState<Appointment | 'new' | null>(null);
  const { data } = useAppointments(conversation.id);
  const items = data?.items ?? [];
  useOffer([
    mayWrite && {
      id: 'conversation.appointment',
      title: t('appointment.add'),
      section: t('appointment.title'),
      run: () => setEditing('new'),
    },
  ]);
  const add = mayWrite && (
    <Tooltip label={t('appointment.add')}>
      <ActionIcon
        aria-label={t('appointment.add')}
        aria-expanded={editing === 'new'}
        onClick={() => setEditing(editing === 'new' ? null : 'new')}
      >
        <IconPlus size={16} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
  if (items.length === 0 && !mayWrite) return null;
  return (
    <PanelSection title={t('appointment.title')} aside={add}>
      {editing && (
        <AppointmentForm
          key={editing === 'new' ? 'new' : editing.id}
          conversation={conversation.id}
          known={editing === 'new' ? null : editing}
          onDone={() => setEditing(null)}
        />
      )}
      {items.length > 0 && (
        <ul className={styles.rows}>
          {items.map((one) => (
            <Row key={one.id} appointment={one} onChange={() => setEditing(one)} />
          ))}
        </ul>
      )}
    </PanelSection>
  );
}

function Row({ appointment, onChange }: { readonly appointment: Appointment; readonly onChange: () => void }) {
  const { t } = useTranslation('counter');
  const dates = useDates();
  const mayWrite = useMayWrite();
  const cancel = useCancelAppointment();
  const { state, kind, startsAt, place, technician, wish } = appointment;
  return (
    <li>
      <p className={styles.strong}>{dates.moment(startsAt)}</p>
      <p className={styles.quiet}>{[t(`meetings.${kind}`), place, technician?.name].filter(Boolean).join(' · ')}</p>
      <Chip tone={TONES[state]}>{t(`appointment.state.${state}`)}</Chip>
      {wish && <p className={styles.reason}>{wish}</p>}
      {mayWrite && !OVER.includes(state) && (
        <Button.Group mt={4}>
          <Button size="compact-xs" variant="default" onClick={onChange}>
            {t('appointment.change')}
          </Button>
          <Button size="compact-xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate(appointment.id)}>
            {t('appointment.cancel')}
          </Button>
        </Button.Group>
      )}
    </li>
  );
}

const local = (at: string): string => new Date(Date.parse(at) - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

interface FormProps {
  readonly conversation: string;
  readonly known: Appointment | null;
  readonly onDone: () => void;
}

function AppointmentForm({ conversation, known, onDone }: FormProps) {
  const { t } = useTranslation('counter');
  const words = useWords();
  const set = useSetAppointment();
  const change = useChangeAppointment();
  const people = usePeople().data?.items ?? [];
  const [draft, setDraft] = useState({
    kind: known?.kind ?? ('home-visit' as const),
    from: known ? local(known.startsAt) : '',
    to: known ? local(known.endsAt).slice(11) : '',
    place: known?.place ?? '',
    technician: known?.technician?.id ?? null,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { kind, from, to, place, technician } = draft;
    const times = { startsAt: new Date(from).toISOString(), endsAt: new Date(`${from.slice(0, 11)}${to}`).toISOString() };
    const plan = { ...times, place, technician, participants: known?.participants ?? [] };
    const done = known ? change.mutateAsync({ id: known.id, ...plan }) : set.mutateAsync({ conversation, kind, ...plan });
    void done.then(onDone, () => undefined);
  };
  const error = set.error ?? change.error;
  return (
    <form className={styles.suggestions} onSubmit={submit}>
      {!known && (
        <Select
          label={t('appointment.where')}
          data={(['home-visit', 'counter'] as const).map((value) => ({ value, label: t(`meetings.${value}`) }))}
          value={draft.kind}
          allowDeselect={false}
          onChange={(kind) => setDraft({ ...draft, kind: kind as Appointment['kind'] })}
        />
      )}
      <TextInput
        type="datetime-local"
        required
        label={t('appointment.from')}
        value={draft.from}
        onChange={(event) => setDraft({ ...draft, from: event.currentTarget.value })}
      />
      <TextInput
        type="time"
        required
        label={t('appointment.to')}
        value={draft.to}
        onChange={(event) => setDraft({ ...draft, to: event.currentTarget.value })}
      />
      <TextInput
        required
        maxLength={300}
        label={t('place')}
        value={draft.place}
        onChange={(event) => setDraft({ ...draft, place: event.currentTarget.value })}
      />
      <Select
        clearable
        searchable
        label={t('appointment.technician')}
        data={people.map(({ id, name }) => ({ value: id, label: name }))}
        value={draft.technician}
        onChange={(technician) => setDraft({ ...draft, technician })}
      />
      {error && (
        <p className={styles.problem} role="alert">
          {words.error(error)}
        </p>
      )}
      <div className={styles.choices}>
        <Button type="submit" size="xs" variant="filled" loading={set.isPending || change.isPending}>
          {t(known ? 'appointment.saveChange' : 'appointment.invite')}
        </Button>
        <Button size="xs" variant="subtle" color="gray" onClick={onDone}>
          {t('appointment.leave')}
        </Button>
      </div>
    </form>
  );
}
