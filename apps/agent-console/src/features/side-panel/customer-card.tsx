import { useTranslation } from 'react-i18next';
import { useContact } from '../../client';
import { LanguageChoice } from './language-choice';
import { useWords } from '../../locales';
import { GoLink, hrefs } from '../../navigation';
import { AddressList, ErrorState, Fact, Facts, PanelSection, SkeletonRows } from '../../ui';
import styles from './side-panel.module.css';

/** The customer: how they are addressed, where they are reached, and what they agreed to. */
export function CustomerCard({ contactId }: { readonly contactId: string }) {
  const { t } = useTranslation('side-panel');
  const words = useWords();
  const { data: contact, error, refetch } = useContact(contactId);
  return (
    <PanelSection title={t(contact?.kind === 'organisation' ? 'customer.organisation' : 'customer.title')}>
      {error && !contact && <ErrorState error={error} retry={() => void refetch()} />}
      {!error && !contact && <SkeletonRows count={2} height={56} />}
      {contact && (
        <>
          <p className={styles.claimHead}>
            <GoLink href={hrefs.customer(contact.id)} className={styles.number}>
              {contact.name}
            </GoLink>
            {contact.salutation && <span className={styles.quiet}>{contact.salutation}</span>}
          </p>
          <AddressList addresses={contact.addresses} />
          <Facts>
            <Fact label={t('customer.language')}>
              <LanguageChoice contact={contact} />
            </Fact>
          </Facts>
          {contact.labels.length > 0 && (
            <ul className={styles.flags} aria-label={t('customer.labels')}>
              {contact.labels.map((label) => (
                <li key={label}>{words.label(label)}</li>
              ))}
            </ul>
          )}
        </>
      )}
    </PanelSection>
  );
}
