import type { OutgoingLetter } from '@claimline/protocol';
import { Button, Checkbox, TextInput } from '@mantine/core';
import { IconMailForward, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hubNow, useLetters, usePostLetters, useReturnLetter } from '../../client';
import { useWords } from '../../locales';
import { GoLink, hrefs } from '../../navigation';
import { EmptyState, ErrorState, SkeletonRows, toast, useDates, useMayWrite } from '../../ui';
import styles from './mailroom.module.css';

const today = (): string => new Date(hubNow()).toLocaleDateString('sv');

/** Letters of ours: to be printed and posted today, and those that were, in case the post brings one back. */
export function LettersTray() {
  const { t } = useTranslation('paper');
  const letters = useLetters('to-post');
  const posted = useLetters('posted');
  const words = useWords();
  const mayWrite = useMayWrite();
  const post = usePostLetters();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [on, setOn] = useState(today);
  const items = letters.data?.items ?? [];
  const picked = items.filter(({ id }) => chosen.includes(id));
  const send = () =>
    void post.mutateAsync({ ids: picked.map(({ id }) => id), on }).then(
      ({ posted: count }) => {
        setChosen([]);
        toast({ text: t('letters.posted', { count }) });
      },
      (error: unknown) => toast({ text: words.error(error), tone: 'danger' }),
    );
  if (letters.isError && !letters.data) return <ErrorState error={letters.error} retry={() => void letters.refetch()} />;
  if (letters.isPending) return <SkeletonRows count={3} />;
  return (
    <div className={styles.letters}>
      {items.length === 0 && (
        <EmptyState icon={IconMailForward} title={t('letters.empty')}>
          {t('letters.hint')}
        </EmptyState>
      )}
      {items.length > 0 && mayWrite && (
        <div className={styles.dropLine}>
          <Checkbox
            label={t('letters.all', { count: items.length })}
            checked={picked.length === items.length}
            indeterminate={picked.length > 0 && picked.length < items.length}
            onChange={(event) => setChosen(event.currentTarget.checked ? items.map(({ id }) => id) : [])}
          />
          <span className={styles.dropText} />
          <TextInput
            type="date"
            size="xs"
            label={t('letters.day')}
            value={on}
            max={today()}
            onChange={(event) => setOn(event.currentTarget.value || today())}
          />
          <Button leftSection={<IconMailForward size={15} />} disabled={picked.length === 0} loading={post.isPending} onClick={send}>
            {t('letters.post', { count: picked.length })}
          </Button>
        </div>
      )}
      <ul className={styles.trayList}>
        {items.map((letter) => (
          <li key={letter.id} className={styles.letter}>
            {mayWrite && (
              <Checkbox
                aria-label={t('letters.choose', { name: letter.name })}
                checked={chosen.includes(letter.id)}
                onChange={() => setChosen((was) => (was.includes(letter.id) ? was.filter((id) => id !== letter.id) : [...was, letter.id]))}
              />
            )}
            <LetterLine letter={letter} />
          </li>
        ))}
      </ul>
      {(posted.data?.items.length ?? 0) > 0 && <h2 className={styles.heading}>{t('letters.postedBefore')}</h2>}
      <ul className={styles.trayList}>
        {posted.data?.items.map((letter) => (
          <li key={letter.id} className={styles.letter}>
            <LetterLine letter={letter} />
            {mayWrite && <ReturnButton letter={letter} />}
          </li>
        ))}
      </ul>
    </div>
  );
}

function LetterLine({ letter }: { readonly letter: OutgoingLetter }) {
  const { t } = useTranslation('paper');
  const dates = useDates();
  return (
    <>
      <div className={styles.grow}>
        <GoLink href={hrefs.conversation(letter.conversation)} className={styles.name}>
          {[letter.name, letter.claim].filter(Boolean).join(' · ')}
        </GoLink>
        <p className={styles.quiet}>
          {letter.to.replaceAll('\n', ', ')} ·{' '}
          {letter.postedOn ? t('letters.postedOn', { day: dates.day(letter.postedOn) }) : dates.moment(letter.madeAt)}
        </p>
      </div>
      <Button
        component="a"
        href={`/api/attachments/${letter.attachment}`}
        target="_blank"
        rel="noreferrer"
        variant="default"
        size="xs"
        leftSection={<IconPrinter size={14} stroke={1.8} />}
      >
        {t('letters.print')}
      </Button>
    </>
  );
}

function ReturnButton({ letter }: { readonly letter: OutgoingLetter }) {
  const { t } = useTranslation('paper');
  const words = useWords();
  const back = useReturnLetter();
  const run = () =>
    void back.mutateAsync({ id: letter.id, on: today() }).then(
      () => toast({ text: t('letters.returned', { name: letter.name }) }),
      (error: unknown) => toast({ text: words.error(error), tone: 'danger' }),
    );
  return (
    <Button size="xs" variant="subtle" color="gray" loading={back.isPending} onClick={run}>
      {t('letters.cameBack')}
    </Button>
  );
}
