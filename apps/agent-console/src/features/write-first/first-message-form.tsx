import type { Claim, Contact } from '@claimline/protocol';
import { Button, Textarea, TextInput } from '@mantine/core';
import { IconArrowLeft, IconSend } from '@tabler/icons-react';
import { useMemo, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey, stopWriting, useWriteFirst } from '../../client';
import { useWords } from '../../locales';
import { hrefs, useGo } from '../../navigation';
import { toast } from '../../ui';
import { ChooseWay } from './choose-way';
import { SegmentCount } from './segment-count';
import { TemplateSelect } from './template-select';
import { conversationFor, waysTo } from './ways-to';
import styles from './write-first.module.css';

interface FirstMessageFormProps {
  readonly contact: Contact;
  readonly claim?: Claim;
  readonly party?: Claim['parties'][number];
  readonly onBack: () => void;
}

/** The first message itself: the way, the words, off it goes. */
export function FirstMessageForm({ contact, claim, party, onBack }: FirstMessageFormProps) {
  const { t } = useTranslation('write-first');
  const words = useWords();
  const go = useGo();
  const write = useWriteFirst();
  const ways = useMemo(() => waysTo(contact), [contact]);
  const [chosen, setChosen] = useState(ways.find((way) => way.reason === null)?.key ?? null);
  const [text, setText] = useState('');
  const [subject, setSubject] = useState('');
  const [template, setTemplate] = useState<string | undefined>();
  const way = ways.find((one) => one.key === chosen);
  const mail = way?.channel === 'email';
  // One key per content: pressing again after a lost answer does not write twice, a corrected text is another message.
  const key = useMemo(() => ({ text, subject, chosen, key: newKey() }), [text, subject, chosen]).key;
  const send = () => {
    if (!way || text.trim() === '') return;
    const whom = claim && party ? { claim: claim.number, party: party.id } : { contact: contact.id };
    write.mutate(
      { key, ...whom, channel: way.channel, to: way.to, text, subject: mail && subject.trim() ? subject.trim() : undefined, template },
      {
        onSuccess: (started) => {
          stopWriting();
          toast({ text: t('sent', { name: contact.name }) });
          go(hrefs.conversation(started.id));
        },
      },
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <div className={styles.toLine}>
        <Button variant="subtle" color="gray" leftSection={<IconArrowLeft size={14} stroke={1.8} />} onClick={onBack}>
          {t('back')}
        </Button>
        <span className={styles.strong}>{contact.name}</span>
        {claim && <span className={styles.quiet}>{[claim.number, party && words.party(party.role)].filter(Boolean).join(' · ')}</span>}
      </div>
      <ChooseWay ways={ways} chosen={chosen} onChoose={setChosen} />
      {mail && (
        <TextInput label={t('subject')} value={subject} maxLength={300} onChange={(event) => setSubject(event.currentTarget.value)} />
      )}
      <Textarea
        label={t('text')}
        autosize
        minRows={5}
        maxRows={14}
        autoFocus
        value={text}
        maxLength={50_000}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setTemplate(undefined);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
        }}
      />
      {write.isError && (
        <p className={styles.problem} role="alert">
          {words.error(write.error)}
        </p>
      )}
      <div className={styles.foot}>
        <TemplateSelect
          channel={way?.channel}
          language={contact.language}
          conversation={conversationFor(contact, claim?.number)}
          onFilled={(filled) => {
            setText(filled.text);
            if (filled.subject) setSubject(filled.subject);
            setTemplate(filled.code);
          }}
        />
        {way && <SegmentCount channel={way.channel} text={text} />}
        <Button
          type="submit"
          variant="filled"
          leftSection={<IconSend size={15} stroke={1.8} />}
          disabled={!way || text.trim() === ''}
          loading={write.isPending}
          className={styles.send}
        >
          {way ? t('send', { channel: words.channel(way.channel) }) : t('sendPlain')}
        </Button>
      </div>
    </form>
  );
}
