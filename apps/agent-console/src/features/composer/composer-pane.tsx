import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useComposer, useConversation } from '../../client';
import { useWords } from '../../locales';
import { useMayWrite } from '../../ui';
import { ComposerForm } from './composer-form';
import { CounselBanner } from './counsel-banner';
import styles from './composer.module.css';
import { ScheduledStrip } from './scheduled-strip';

interface ComposerPaneProps {
  readonly conversationId: string;
  /** It was sent, and the writer wants the next one. */
  readonly onNext: () => void;
}

/** Where one answers; kept apart per conversation, so that no word ever lands in another one. */
export function ComposerPane({ conversationId, onNext }: ComposerPaneProps) {
  const { t } = useTranslation('composer');
  const words = useWords();
  const mayWrite = useMayWrite();
  const conversation = useConversation(conversationId).data;
  const composer = useComposer(conversationId);
  if (!mayWrite) return <div className={styles.readOnly}>{t('readOnly')}</div>;
  if (composer.error && !composer.data) {
    return (
      <div className={styles.readOnly} role="alert">
        {words.error(composer.error)}
      </div>
    );
  }
  if (!conversation || !composer.data) {
    return (
      <div className={styles.composer} aria-busy="true">
        <Skeleton height={12} width={180} radius="xl" m={12} />
        <Skeleton height={64} radius="md" />
      </div>
    );
  }
  return (
    <>
      <ScheduledStrip conversationId={conversationId} />
      {composer.data.counsel && <CounselBanner conversationId={conversationId} counsel={composer.data.counsel} />}
      <ComposerForm key={conversationId} conversation={conversation} composer={composer.data} onNext={onNext} />
    </>
  );
}
