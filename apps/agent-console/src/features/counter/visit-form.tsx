import { IDENTITY_SEEN, MEETINGS, VISIT_REASONS, type LoggedVisit, type LogVisit, type UploadedAttachment } from '@claimline/protocol';
import { Button, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { IconPaperclip, IconX } from '@tabler/icons-react';
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey, upload, useCounters, useLogVisit } from '../../client';
import { useWords } from '../../locales';
import { useMayWrite } from '../../ui';
import styles from './counter.module.css';

interface VisitFormProps {
  readonly contact: string;
  readonly claim: string | null;
  readonly onLogged: (logged: LoggedVisit) => void;
}

type Draft = Required<Pick<LogVisit, 'id' | 'meeting' | 'reason' | 'identity' | 'text'>> & {
  readonly inbox: string | null;
  readonly place: string;
  readonly participants: string;
  readonly at: string;
  readonly minutes: number | null;
};

const empty = (): Draft => ({
  id: newKey(),
  meeting: 'counter',
  reason: 'documents',
  identity: 'none',
  text: '',
  inbox: null,
  place: '',
  participants: '',
  at: '',
  minutes: null,
});

const toVisit = (
  draft: Draft,
  { contact, claim, papers }: { contact: string; claim: string | null; papers: readonly string[] },
): LogVisit => ({
  id: draft.id,
  contact,
  ...(claim && { claim }),
  ...(draft.inbox && { inbox: draft.inbox }),
  meeting: draft.meeting,
  reason: draft.reason,
  identity: draft.identity,
  text: draft.text,
  place: draft.place,
  participants: draft.participants
    .split(/[,，、]/)
    .map((name) => name.trim())
    .filter(Boolean),
  ...(draft.at && { at: new Date(draft.at).toISOString() }),
  ...(draft.minutes && { minutes: draft.minutes }),
  attachments: [...papers],
});

/** What was said, where and with whom, which kind of paper proved who it was, and the papers that were handed over. */
export function VisitForm({ contact, claim, onLogged }: VisitFormProps) {
  const { t } = useTranslation('counter');
  const words = useWords();
  const counters = useCounters().data?.items ?? [];
  const mayWrite = useMayWrite();
  const [draft, setDraft] = useState(empty);
  const set = (change: Partial<Draft>) => setDraft((was) => ({ ...was, ...change }));
  const papers = usePapers();
  const log = useLogVisit();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const visit = toVisit(draft, { contact, claim, papers: papers.files.map(({ id }) => id) });
    void log.mutateAsync(visit).then(onLogged, () => undefined);
  };
  const options = <Value extends string>(values: readonly Value[], of: string) =>
    values.map((value) => ({ value, label: t(`${of}.${value}`) }));
  const here = counters.find(({ id }) => id === draft.inbox) ?? counters[0];
  return (
    <form className={styles.form} onSubmit={submit}>
      <div className={styles.fields}>
        <Select
          label={t('reason')}
          data={options(VISIT_REASONS, 'reasons')}
          value={draft.reason}
          allowDeselect={false}
          onChange={(reason) => set({ reason: reason as Draft['reason'] })}
        />
        <Select
          label={t('identity')}
          description={t('identityHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={options(IDENTITY_SEEN, 'identities')}
          value={draft.identity}
          allowDeselect={false}
          onChange={(identity) => set({ identity: identity as Draft['identity'] })}
        />
        <Select
          label={t('meeting')}
          data={options(MEETINGS, 'meetings')}
          value={draft.meeting}
          allowDeselect={false}
          onChange={(meeting) => set({ meeting: meeting as Draft['meeting'] })}
        />
        {counters.length > 1 && draft.meeting === 'counter' && (
          <Select
            label={t('title')}
            data={counters.map(({ id, name }) => ({ value: id, label: name }))}
            value={here?.id ?? null}
            allowDeselect={false}
            onChange={(inbox) => set({ inbox })}
          />
        )}
        <TextInput
          label={t('place')}
          placeholder={here?.place}
          value={draft.place}
          onChange={(event) => set({ place: event.currentTarget.value })}
        />
        <TextInput
          label={t('participants')}
          placeholder={t('participantsHint')}
          value={draft.participants}
          onChange={(event) => set({ participants: event.currentTarget.value })}
        />
        <TextInput type="datetime-local" label={t('when')} value={draft.at} onChange={(event) => set({ at: event.currentTarget.value })} />
        <NumberInput
          label={t('minutes')}
          min={1}
          max={1440}
          value={draft.minutes ?? ''}
          onChange={(minutes) => set({ minutes: Number(minutes) || null })}
        />
      </div>
      <Textarea
        label={t('said')}
        autosize
        minRows={4}
        maxLength={20_000}
        required
        value={draft.text}
        onChange={(event) => set({ text: event.currentTarget.value })}
      />
      <Papers papers={papers} />
      {log.error && (
        <p role="alert" className={styles.problem}>
          {words.error(log.error)}
        </p>
      )}
      <Button
        type="submit"
        loading={log.isPending}
        disabled={!mayWrite || papers.busy > 0 || draft.text.trim() === ''}
        style={{ justifySelf: 'start' }}
      >
        {t('save')}
      </Button>
    </form>
  );
}

function usePapers() {
  const [files, setFiles] = useState<readonly UploadedAttachment[]>([]);
  const [busy, setBusy] = useState(0);
  const [problem, setProblem] = useState<unknown>(null);
  const add = async (chosen: readonly File[]) => {
    setProblem(null);
    setBusy((n) => n + chosen.length);
    for (const file of chosen) {
      await upload(file, () => undefined).then((kept) => setFiles((was) => [...was, kept]), setProblem);
      setBusy((n) => n - 1);
    }
  };
  const remove = (id: string) => setFiles((was) => was.filter((one) => one.id !== id));
  return { files, busy, problem, add, remove };
}

function Papers({ papers }: { readonly papers: ReturnType<typeof usePapers> }) {
  const { t } = useTranslation('counter');
  const words = useWords();
  const picker = useRef<HTMLInputElement>(null);
  return (
    <div className={styles.papers}>
      <span className={styles.label}>{t('papers')}</span>
      <ul className={styles.files}>
        {papers.files.map((file) => (
          <li key={file.id}>
            {file.name}
            <button
              type="button"
              className={styles.remove}
              aria-label={t('remove', { name: file.name })}
              onClick={() => papers.remove(file.id)}
            >
              <IconX size={13} />
            </button>
          </li>
        ))}
      </ul>
      <Button variant="default" leftSection={<IconPaperclip size={15} />} loading={papers.busy > 0} onClick={() => picker.current?.click()}>
        {t('addPapers')}
      </Button>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label={t('addPapers')}
        onChange={(event) => {
          void papers.add([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
      {papers.problem !== null && (
        <p role="alert" className={styles.problem}>
          {words.error(papers.problem)}
        </p>
      )}
    </div>
  );
}
