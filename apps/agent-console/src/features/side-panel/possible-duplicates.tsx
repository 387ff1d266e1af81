import type { Conversation } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useJudgeDuplicate, usePossibleDuplicates } from '../../client';
import { useWords } from '../../locales';
import { GoLink, hrefs } from '../../navigation';
import { PanelSection, toast, useMayWrite } from '../../ui';
import styles from './side-panel.module.css';

/** Other reports that may be of the same loss, and why; a person says whether they are. */
export function PossibleDuplicates({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useTranslation('catastrophes');
  const words = useWords();
  const mayWrite = useMayWrite();
  const items = usePossibleDuplicates(conversation.id, conversation.labels.includes('possible-duplicate')).data?.items ?? [];
  const judge = useJudgeDuplicate();
  if (items.length === 0) return null;
  const say = (other: string, verdict: 'same' | 'different') =>
    judge.mutate(
      { id: conversation.id, other, verdict },
      {
        onSuccess: () => toast({ text: t(`duplicates.said.${verdict}`) }),
        onError: (error) => toast({ text: words.error(error), tone: 'danger' }),
      },
    );
  return (
    <PanelSection title={words.label('possible-duplicate')} aside={items.length}>
      <ul className={styles.rows}>
        {items.map(({ reason, value, conversation: other }) => (
          <li key={other.id}>
            <GoLink href={hrefs.conversation(other.id)} className={styles.row}>
              <span className={styles.rowHead}>
                <span className={styles.strong}>{other.contact.name}</span>
                <span className={styles.quiet}>{t(`duplicates.reason.${reason}`, { value })}</span>
              </span>
              <span className={styles.preview}>{other.preview}</span>
            </GoLink>
            {mayWrite && (
              <>
                <Button size="xs" onClick={() => say(other.id, 'same')}>
                  {t('duplicates.same')}
                </Button>{' '}
                <Button size="xs" variant="subtle" onClick={() => say(other.id, 'different')}>
                  {t('duplicates.different')}
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}
