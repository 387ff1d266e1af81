import type { Composer, Conversation } from '@claimline/protocol';
import { TextInput } from '@mantine/core';
import { useCallback, useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { hubNow, renderTemplate, seenOf } from '../../client';
import { useOffer } from '../../commands';
import { useHandedOver, type Handover } from '../../handover';
import { useWords } from '../../locales';
import { toast } from '../../ui';
import { ChannelMenu } from './channel-menu';
import { channelFor, obstacleOf, requestOf, type Writing } from './composer-rules';
import styles from './composer.module.css';
import { ComposerTools } from './composer-tools';
import { FileChips } from './file-chips';
import { Hints, Length } from './limits';
import { MovedGuard } from './moved-guard';
import { Recipients } from './recipients';
import { useSensitive } from './sensitive-guard';
import { TextField } from './text-field';
import { useFiles } from './use-files';
import { useLater } from './use-later';
import { useSending } from './use-sending';
import { useWriting } from './use-writing';

interface FormProps {
  readonly conversation: Conversation;
  readonly composer: Composer;
  readonly onNext: () => void;
}

const filesOf = (event: DragEvent): readonly File[] => [...event.dataTransfer.files];

/** The reply (or note) itself: channel, recipients, words, files, and everything one should know before it leaves. */
export function ComposerForm({ conversation, composer, onNext }: FormProps) {
  const { t } = useTranslation('composer');
  const words = useWords();
  const field = useRef<HTMLTextAreaElement>(null);
  const { writing, change, clear, draft } = useWriting(conversation);
  const files = useFiles();
  const [over, setOver] = useState(false);
  const note = writing.kind === 'note';
  const channel = channelFor(composer, writing.channel);
  const free = obstacleOf({ writing, channel, files: { ready: files.ready.length, pending: files.pending }, now: hubNow() });
  const sensitive = useSensitive(writing.text, note);
  const obstacle = free ?? (sensitive.blocked ? 'sensitive' : null);
  const focus = useCallback(() => field.current?.focus(), []);
  const sending = useSending(conversation, (goOn) => {
    clear();
    files.clear();
    if (goOn) onNext();
    else focus();
  });
  const request = () => ({ ...requestOf(writing, channel, files.ready, seenOf(conversation.id)?.position), ...sensitive.part });
  const send = (goOn: boolean) => {
    if (obstacle === null) sending.send(request(), goOn);
    else if (obstacle !== 'empty') toast({ text: t(`obstacle.${obstacle}`), tone: 'danger' });
    focus();
  };
  const putAside = useLater(conversation.id, () => {
    clear();
    files.clear();
  });
  const later = (at: number) => {
    const { kind: _, ...body } = request();
    putAside(body, at);
  };
  const write = (part: Partial<Writing>) => {
    change(part);
    focus();
  };
  const insert = async (code: string, before: string, after: string) => {
    try {
      const rendered = await renderTemplate(code, { conversation: conversation.id, channel: channel?.channel ?? composer.preferred });
      const text = `${before}${rendered.text}${after}`;
      write({ text, template: { code, text }, ...(rendered.subject ? { subject: rendered.subject } : {}) });
    } catch (error) {
      toast({ text: words.error(error), tone: 'danger' });
    }
  };
  useHandedOver(conversation.id, (what: Handover) => {
    const other = what.notChannel ? channelFor(composer, null, what.notChannel)?.channel : undefined;
    const to = what.channel ?? other;
    write({ kind: what.kind ?? 'reply', ...(what.text ? { text: what.text } : {}), ...(to ? { channel: to, to: null, cc: [] } : {}) });
    if (what.template) void insert(what.template, '', '');
  });
  const section = t('section');
  useOffer([
    { id: 'composer.reply', title: t('reply'), section, keys: 'r', run: () => write({ kind: 'reply' }) },
    { id: 'composer.note', title: t('writeNote'), section, keys: 'n', run: () => write({ kind: 'note' }) },
    { id: 'composer.send', title: t('send'), section, keys: 'mod+enter', whileTyping: true, hidden: true, run: () => send(false) },
    {
      id: 'composer.send-next',
      title: t('sendNext'),
      section,
      keys: 'mod+shift+enter',
      whileTyping: true,
      hidden: true,
      run: () => send(true),
    },
  ]);
  const back = () => {
    const { returned } = sending;
    if (returned && !writing.text) change({ text: returned.text ?? '', channel: returned.channel ?? null });
    sending.close();
    focus();
  };
  return (
    <section
      className={styles.composer}
      data-note={note || undefined}
      data-over={over || undefined}
      aria-label={note ? t('writeNote') : t('reply')}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        files.add(filesOf(event));
      }}
    >
      <div className={styles.head}>
        <ChannelMenu
          composer={composer}
          channel={channel}
          note={note}
          onChannel={(kind) => write({ kind: 'reply', channel: kind, to: null, cc: [] })}
          onNote={() => write({ kind: 'note' })}
        />
        {note ? (
          <span className={styles.quiet}>{t('noteHint')}</span>
        ) : (
          channel && <Recipients channel={channel} writing={writing} onChange={change} />
        )}
        {!note && channel && <Length channel={channel} text={writing.text} />}
      </div>
      {!note && channel && (
        <div className={styles.hints}>
          <Hints channel={channel} />
          {sensitive.hint}
        </div>
      )}
      {!note && channel?.subject && (
        <TextInput
          variant="unstyled"
          className={styles.subject}
          placeholder={t('subject')}
          aria-label={t('subject')}
          value={writing.subject}
          onChange={(event) => change({ subject: event.currentTarget.value })}
        />
      )}
      <TextField
        ref={field}
        text={writing.text}
        placeholder={note ? t('placeholderNote') : t('placeholder')}
        label={note ? t('writeNote') : t('reply')}
        language={conversation.language}
        onText={(text) => change({ text })}
        onFiles={files.add}
        onTemplate={(template, before, after) => void insert(template.code, before, after)}
      />
      <FileChips files={files.files} onRemove={files.remove} />
      <ComposerTools
        note={note}
        channel={channel}
        draft={draft}
        obstacle={obstacle}
        onFiles={files.add}
        onSlash={() => write({ text: writing.text === '' ? '/' : `${writing.text}\n/` })}
        onSend={send}
        zones={composer.zones}
        onLater={later}
      />
      <MovedGuard fresh={sending.fresh} customer={conversation.contact.name} onSend={sending.sendAnyway} onBack={back} />
    </section>
  );
}
