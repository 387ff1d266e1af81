import type { Conversation } from '@claimline/protocol';
import { useTranslation } from 'react-i18next';
import { useContact, useThread } from '../../client';
import { Avatar, Chip, PanelSection } from '../../ui';
import { peopleOfThread } from './people-of-thread';
import styles from './side-panel.module.css';

/** Who takes part in this thread, as far as it has been read. */
export function ThreadPeople({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useTranslation('side-panel');
  const { data: thread } = useThread(conversation.id);
  const { data: contact } = useContact(conversation.contactId);
  const { id, name } = conversation.contact;
  const people = peopleOfThread(thread?.items ?? [], { id, name, addresses: contact?.addresses.map((one) => one.value) ?? [] });
  if (people.length === 0) return null;
  return (
    <PanelSection title={t('people.title')}>
      <ul className={styles.people}>
        {people.map((person) => (
          <li key={person.key} className={styles.person}>
            <Avatar name={person.name} size={20} />
            <span className={styles.personName}>{person.name}</span>
            {person.side === 'colleague' && <span className={styles.quiet}>{t('people.colleague')}</span>}
            {person.onlyCopied && <Chip>{t('people.copied')}</Chip>}
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}
