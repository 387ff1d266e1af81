import type { Filing, Message } from '@claimline/protocol';
import { ActionIcon, Button } from '@mantine/core';
import { IconArrowMoveRight, IconFolderPlus, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFiling } from '../../client';
import { useOffer } from '../../commands';
import { useWords } from '../../locales';
import { ClaimPicker, useMayWrite } from '../../ui';
import { useEntryConversation } from './entry-context';
import styles from './filing-bar.module.css';
import { useMoving } from './use-moving';

interface FilingProps {
  readonly message: Message;
  /** The newest one that somebody sent us: keys mean it. */
  readonly newest: boolean;
}

/** Moves one message to the claim where it belongs: M, the number, Enter. */
export function MoveButton({ message, newest }: FilingProps) {
  const { t } = useTranslation('paper');
  const [open, setOpen] = useState(false);
  const mayWrite = useMayWrite();
  const moving = useMoving(message.id);
  const pick = (claim: string) => {
    setOpen(false);
    moving.to({ claim });
  };
  useOffer([
    mayWrite && newest && { id: 'message.move', title: t('move.command'), section: t('move.section'), keys: 'm', run: () => setOpen(true) },
  ]);
  if (!mayWrite) return null;
  return (
    <ClaimPicker opened={open} onOpen={setOpen} onPick={pick} title={t('move.command')}>
      <ActionIcon
        size="sm"
        className={styles.move}
        aria-label={t('move.command')}
        title={t('move.command')}
        loading={moving.pending}
        onClick={() => setOpen(!open)}
      >
        <IconArrowMoveRight size={15} stroke={1.7} />
      </ActionIcon>
    </ClaimPicker>
  );
}

/** Mail of an organisation that nobody could place: the claims that its words and papers name, each with why, and one click to file it there. */
export function FilingBar({ message, newest }: FilingProps) {
  const { t } = useTranslation('paper');
  const { toFile } = useEntryConversation();
  const wanted = toFile && message.direction === 'inbound';
  const { data, isPending } = useFiling(message.id, wanted);
  const mayWrite = useMayWrite();
  if (!wanted) return null;
  return (
    <div className={styles.bar} role="group" aria-label={t('filing.label')}>
      <span className={styles.head}>
        {isPending ? t('filing.looking') : t(data?.suggestions.length ? 'filing.suggested' : 'filing.none')}
      </span>
      {mayWrite && <Suggestions message={message} newest={newest} suggestions={data?.suggestions ?? []} />}
      {data && data.files.unread > 0 && <span className={styles.quiet}>{t('filing.unread', { count: data.files.unread })}</span>}
    </div>
  );
}

function Suggestions({ message, newest, suggestions }: FilingProps & { readonly suggestions: Filing['suggestions'] }) {
  const { t } = useTranslation('paper');
  const words = useWords();
  const [searching, setSearching] = useState(false);
  const moving = useMoving(message.id);
  const file = ({ claim, party }: Filing['suggestions'][number]) => moving.to({ claim, ...(party && { party: party.id }) });
  const first = suggestions[0];
  useOffer([
    newest &&
      first && {
        id: 'message.file-first',
        title: t('filing.to', { claim: first.claim }),
        section: t('move.section'),
        keys: '1',
        run: () => file(first),
      },
  ]);
  return (
    <>
      <ul className={styles.list}>
        {suggestions.map((one) => (
          <li key={one.claim} className={styles.one}>
            <Button
              size="xs"
              variant={one === first ? 'filled' : 'default'}
              leftSection={<IconFolderPlus size={14} stroke={1.8} />}
              loading={moving.pending}
              aria-label={t('filing.to', { claim: one.claim })}
              onClick={() => file(one)}
            >
              {one.claim}
            </Button>
            <span className={styles.why}>
              {[one.party?.name, words.line(one.line), words.stage(one.stage)].filter(Boolean).join(' · ')}
              <br />
              {one.reasons.map(({ kind, value, where }) => t(`reason.${kind}`, { value, where: t(`where.${where}`) })).join('; ')}
            </span>
          </li>
        ))}
      </ul>
      <ClaimPicker
        opened={searching}
        onOpen={setSearching}
        title={t('filing.other')}
        onPick={(claim) => {
          setSearching(false);
          moving.to({ claim });
        }}
      >
        <Button size="xs" variant="subtle" leftSection={<IconSearch size={14} stroke={1.8} />} onClick={() => setSearching(!searching)}>
          {t('filing.other')}
        </Button>
      </ClaimPicker>
    </>
  );
}
