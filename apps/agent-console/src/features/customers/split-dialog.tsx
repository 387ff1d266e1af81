import type { Contact } from '@claimline/protocol';
import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useContactHands } from '../../client';
import { useWords } from '../../locales';
import { toast } from '../../ui';
import styles from './identity.module.css';

/** One record of two people: some addresses, and what was said from them, become somebody else's. */
export function SplitDialog({ contact, onClose }: { readonly contact: Contact; readonly onClose: () => void }) {
  const { t } = useTranslation('customers');
  const words = useWords();
  const { split } = useContactHands(contact.id);
  const [name, setName] = useState('');
  const [addresses, setAddresses] = useState<string[]>([]);
  const ready = name.trim() !== '' && addresses.length > 0 && addresses.length < contact.addresses.length;
  const confirm = () =>
    split.mutate(
      { name: name.trim(), addresses },
      { onSuccess: () => (toast({ text: t('split.done', { name: name.trim() }) }), onClose()) },
    );
  return (
    <Modal opened onClose={onClose} title={t('split.title', { name: contact.name })}>
      <div className={styles.review}>
        <TextInput
          data-autofocus
          label={t('split.name')}
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox.Group label={t('split.addresses')} value={addresses} onChange={setAddresses}>
          <div className={styles.list}>
            {contact.addresses.map((address) => (
              <Checkbox key={address.id} value={address.id} label={address.value} />
            ))}
          </div>
        </Checkbox.Group>
        <p className={styles.quiet}>{t('split.hint')}</p>
        {split.isError && <p role="alert">{words.error(split.error)}</p>}
        <div className={styles.actions}>
          <Button variant="filled" disabled={!ready} loading={split.isPending} onClick={confirm}>
            {t('split.confirm')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
