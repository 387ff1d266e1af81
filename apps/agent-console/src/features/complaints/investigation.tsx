import type { Complaint } from '@claimline/protocol';
import { Button, Select, Textarea } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useComplaintAct, useMe } from '../../client';
import { useWords } from '../../locales';
import { Chip, Fact, Facts, PanelSection, useDates, useMayWrite } from '../../ui';
import { useHandlingWords } from './handling-words';
import { excerpt } from './message-choice';
import styles from './complaints.module.css';

/** How it is looked into: by whom, on what evidence, what was found and proposed. Not shown to whoever is complained about. */
export function Investigation({ complaint }: { readonly complaint: Complaint }) {
  const { t } = useTranslation('complaints');
  const handling = useHandlingWords();
  const dates = useDates();
  const mayWrite = useMayWrite();
  const me = useMe().data?.id;
  const found = complaint.investigation!;
  const hasPart = complaint.deeds.length > 0 || [found.investigator?.id, found.proposal?.owner.id].includes(me);
  return (
    <PanelSection title={t('investigation')} aside={<Chip>{t('confidential')}</Chip>}>
      <Facts>
        <Fact label={t('investigator')}>{found.investigator?.name ?? t('nobody')}</Fact>
        {found.rootCause && <Fact label={t('rootCause')}>{handling.cause(found.rootCause)}</Fact>}
        {found.proposal && <Fact label={t('proposalBy')}>{`${found.proposal.owner.name} · ${dates.day(found.proposal.due)}`}</Fact>}
      </Facts>
      {found.proposal && <blockquote className={styles.quote}>{found.proposal.text}</blockquote>}
      {complaint.agreement && (
        <p className={styles.demand}>
          {t(`agreement.${complaint.agreement.kind}`)}
          {complaint.agreement.routes && ` · ${complaint.agreement.routes}`}
        </p>
      )}
      <ul className={styles.notes}>
        {found.notes.map((note) => (
          <li key={note.id}>
            <p className={styles.noteHead}>
              <Chip tone={note.kind === 'evidence' ? 'accent' : 'plain'}>{t(`kind.${note.kind}`)}</Chip>
              <span className={styles.quiet}>
                {note.author.name} · {dates.moment(note.at)}
              </span>
            </p>
            {note.messageId && <blockquote className={styles.quote}>{excerpt(complaint, note.messageId)}</blockquote>}
            {note.text && <p>{note.text}</p>}
            {note.attachment && (
              <a href={`/api/attachments/${note.attachment.id}`} target="_blank" rel="noreferrer">
                <IconPaperclip size={13} aria-hidden="true" /> {note.attachment.name}
              </a>
            )}
          </li>
        ))}
      </ul>
      {mayWrite && hasPart && complaint.endedAt === null && complaint.state !== 'draft' && <FileForm complaint={complaint} />}
    </PanelSection>
  );
}

function FileForm({ complaint }: { readonly complaint: Complaint }) {
  const { t } = useTranslation('complaints');
  const words = useWords();
  const act = useComplaintAct(complaint.id);
  const [text, setText] = useState('');
  const [from, setFrom] = useState<string | null>(null);
  const said = complaint.messages.filter(({ direction }) => direction !== 'internal');
  const choices = said.flatMap((message) => [
    { value: `m:${message.id}`, label: `${t(`saidBy.${message.direction}`)}: ${message.text || '–'}`.slice(0, 90) },
    ...message.attachments.map(({ id, name }) => ({ value: `a:${id}`, label: `📎 ${name}` })),
  ]);
  const file = () => {
    const [what, id] = from?.split(':') ?? [];
    const body = { kind: from ? 'evidence' : 'note', text, ...(what === 'm' && { message: id }), ...(what === 'a' && { attachment: id }) };
    act.mutate({ act: 'notes', body }, { onSuccess: () => (setText(''), setFrom(null)) });
  };
  return (
    <div className={styles.form}>
      <Select
        label={t('evidenceFrom')}
        placeholder={t('evidenceNone')}
        data={choices}
        value={from}
        onChange={setFrom}
        clearable
        searchable
      />
      <Textarea
        label={t('noteText')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={2}
        maxLength={4000}
      />
      {act.isError && (
        <p className={styles.problem} role="alert">
          {words.error(act.error)}
        </p>
      )}
      <Button variant="default" loading={act.isPending} disabled={!from && !text.trim()} onClick={file}>
        {from ? t('fileEvidence') : t('fileNote')}
      </Button>
    </div>
  );
}
