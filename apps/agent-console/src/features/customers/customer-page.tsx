import type { Contact } from '@claimline/protocol';
import { Button, Select, TextInput } from '@mantine/core';
import { IconPencilPlus } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { startWriting, useContact, useUpdateContact } from '../../client';
import { useOffer } from '../../commands';
import { useWords } from '../../locales';
import { GoLink, hrefs, usePathParams } from '../../navigation';
import { AddressList, Chip, ErrorState, Fact, Facts, Page, PanelSection, SkeletonRows, useDates, useMayWrite } from '../../ui';
import { ConsentHistory } from './consent-history';
import styles from './customer-page.module.css';
import { IdentitySection } from './identity-section';
import { PostalAddressForm } from './postal-address-form';

/** One customer: where they are reached, what they agreed to, their claims and conversations. */
export function CustomerPage() {
  const { t } = useTranslation('customers');
  const { id = '' } = usePathParams();
  const { data: contact, error, refetch } = useContact(id);
  const mayWrite = useMayWrite();
  const write = () => startWriting({ contact: id });
  useOffer([mayWrite && contact && { id: 'customer.write', title: t('write'), section: t('title'), run: write }]);
  const actions = contact && mayWrite && (
    <Button variant="filled" leftSection={<IconPencilPlus size={15} stroke={1.8} />} onClick={write}>
      {t('write')}
    </Button>
  );
  return (
    <Page title={contact?.name ?? t('one')} actions={actions}>
      {error && !contact && <ErrorState error={error} retry={() => void refetch()} />}
      {!error && !contact && <SkeletonRows count={5} />}
      {contact && (
        <div className={styles.columns}>
          <div className={styles.main}>
            <Claims contact={contact} />
            <Conversations contact={contact} />
            <ConsentHistory contact={contact.id} />
          </div>
          <aside className={styles.side} aria-label={t('about')}>
            <About contact={contact} />
            <IdentitySection contact={contact} />
          </aside>
        </div>
      )}
    </Page>
  );
}

function Claims({ contact }: { readonly contact: Contact }) {
  const { t } = useTranslation('customers');
  const words = useWords();
  return (
    <PanelSection title={t('claimsTitle')}>
      {contact.claims.length === 0 && <p className={styles.none}>{t('noClaims')}</p>}
      <ul className={styles.rows}>
        {contact.claims.map((claim) => (
          <li key={claim.number}>
            <GoLink href={hrefs.claim(claim.number)} className={styles.row}>
              <span className={styles.strong}>{claim.number}</span>
              <span className={styles.quiet}>{[words.line(claim.line), words.party(claim.role)].join(' · ')}</span>
              <span className={styles.end}>{words.stage(claim.stage)}</span>
            </GoLink>
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}

function Conversations({ contact }: { readonly contact: Contact }) {
  const { t } = useTranslation('customers');
  const words = useWords();
  const dates = useDates();
  return (
    <PanelSection title={t('conversations')}>
      {contact.conversations.length === 0 && <p className={styles.none}>{t('noConversations')}</p>}
      <ul className={styles.rows}>
        {contact.conversations.map((one) => (
          <li key={one.id}>
            <GoLink href={hrefs.conversation(one.id)} className={styles.row} data-two>
              <span className={styles.preview}>{one.preview}</span>
              <span className={styles.end}>{dates.relative(one.lastMessageAt)}</span>
              <span className={styles.quiet}>{[one.claim ?? t('noClaim'), words.of('status', one.status)].join(' · ')}</span>
            </GoLink>
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}

function About({ contact }: { readonly contact: Contact }) {
  const { t } = useTranslation('customers');
  const words = useWords();
  const mayWrite = useMayWrite();
  return (
    <>
      <PanelSection title={t('reach')}>
        <AddressList addresses={contact.addresses} />
        {mayWrite && <PostalAddressForm contact={contact.id} />}
      </PanelSection>
      <PanelSection title={t('about')}>
        {mayWrite ? <Editable contact={contact} key={contact.name} /> : null}
        <Facts>
          <Fact label={t('kind')}>{words.of('contactKind', contact.kind)}</Fact>
          {contact.salutation && <Fact label={t('salutation')}>{contact.salutation}</Fact>}
          {!mayWrite && contact.language && <Fact label={t('language')}>{words.of('language', contact.language)}</Fact>}
          {contact.timeZone && <Fact label={t('timeZone')}>{contact.timeZone}</Fact>}
        </Facts>
        {contact.labels.length > 0 && (
          <div className={styles.labels}>
            {contact.labels.map((label) => (
              <Chip key={label}>{words.label(label)}</Chip>
            ))}
          </div>
        )}
      </PanelSection>
    </>
  );
}

function Editable({ contact }: { readonly contact: Contact }) {
  const { t } = useTranslation('customers');
  const words = useWords();
  const update = useUpdateContact(contact.id);
  const [name, setName] = useState(contact.name);
  const changed = name.trim() !== '' && name.trim() !== contact.name;
  const rename = (event: FormEvent) => {
    event.preventDefault();
    if (changed) update.mutate({ name: name.trim() });
  };
  return (
    <form className={styles.form} onSubmit={rename}>
      <TextInput
        label={t('name')}
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
        error={update.isError ? words.error(update.error) : undefined}
      />
      {changed && (
        <Button type="submit" variant="filled" loading={update.isPending}>
          {t('save')}
        </Button>
      )}
      <Select
        label={t('language')}
        data={[
          { value: '', label: t('unknown') },
          { value: 'zh-CN', label: words.of('language', 'zh-CN') },
          { value: 'en', label: words.of('language', 'en') },
        ]}
        value={contact.language ?? ''}
        onChange={(value) => update.mutate({ language: value === 'en' || value === 'zh-CN' ? value : null })}
      />
    </form>
  );
}
