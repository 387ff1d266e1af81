import type { ChecklistBook } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChecklists, usePublishChecklists } from '../../../client';
import { useWords } from '../../../locales';
import { Chip, ErrorState, SkeletonRows, toast, useMayConfigure } from '../../../ui';
import { SectionHead } from '../section-head';
import { ChecklistCard } from './checklist-card';
import styles from './documents.module.css';
import { KindTexts } from './kind-texts';
import { RoundsReport } from './rounds-report';

/** Which documents claims want, and where customers had to be asked more than once. */
export function DocumentsSection() {
  const { data: book, error, refetch } = useChecklists();
  if (error && !book) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!book) return <SkeletonRows count={5} height={56} />;
  return (
    <>
      <BookEditor key={JSON.stringify(book)} book={book} />
      <RoundsReport />
    </>
  );
}

function BookEditor({ book }: { readonly book: ChecklistBook }) {
  const { t } = useTranslation('documents');
  const words = useWords();
  const mayConfigure = useMayConfigure();
  const publish = usePublishChecklists();
  const [draft, setDraft] = useState(book);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(book);
  const send = () =>
    publish.mutate(draft, {
      onSuccess: () => void toast({ text: t('settings.published'), action: { label: t('undo'), run: () => publish.mutate(book) } }),
      onError: (error) => void toast({ text: words.error(error), tone: 'danger' }),
    });
  const actions = mayConfigure && (
    <span className={styles.actions}>
      {isChanged && <Chip tone="warn">{t('settings.changed')}</Chip>}
      <Button size="xs" disabled={!isChanged} loading={publish.isPending} onClick={send}>
        {t('settings.publish')}
      </Button>
    </span>
  );
  return (
    <section>
      <SectionHead title={t('settings.title')} hint={mayConfigure ? t('settings.about') : t('settings.readOnly')} actions={actions} />
      {draft.lists.map((list, index) => (
        <ChecklistCard
          key={`${list.line}-${list.lossKind ?? ''}`}
          list={list}
          kinds={draft.kinds}
          disabled={!mayConfigure}
          onChange={(changed) => setDraft({ ...draft, lists: draft.lists.map((one, at) => (at === index ? changed : one)) })}
        />
      ))}
      <KindTexts
        kinds={draft.kinds}
        disabled={!mayConfigure}
        onChange={(changed) => setDraft({ ...draft, kinds: draft.kinds.map((kind) => (kind.code === changed.code ? changed : kind)) })}
      />
    </section>
  );
}
