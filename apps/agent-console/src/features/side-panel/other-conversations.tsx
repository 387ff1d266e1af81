import type { Conversation } from '@claimline/protocol';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../locales';
import { GoLink, hrefs } from '../../navigation';
import { PanelSection, useDates } from '../../ui';
import styles from './side-panel.module.css';

/** What else this customer talks with us about. */
export function OtherConversations({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useTranslation('side-panel');
  const words = useWords();
  const dates = useDates();
  if (conversation.others.length === 0) return null;
  return (
    <PanelSection title={t('others.title')} aside={conversation.others.length}>
      <ul className={styles.rows}>
        {conversation.others.map((other) => (
          <li key={other.id}>
            <GoLink href={hrefs.conversation(other.id)} className={styles.row}>
              <span className={styles.rowHead}>
                <span className={styles.strong}>{other.claim ?? t('others.noClaim')}</span>
                <span className={styles.quiet}>{words.of('status', other.status)}</span>
                <span className={styles.when}>{dates.relative(other.lastMessageAt)}</span>
              </span>
              <span className={styles.preview}>{other.preview}</span>
            </GoLink>
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}
