import type { ApiKey } from '@claimline/protocol';
import { Button, Group, Modal, Select, TextInput } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiKeys, useMakeApiKey, useRevokeApiKey } from '../../../client';
import { useWords } from '../../../locales';
import { Chip, EmptyState, useDates, useMayConfigure } from '../../../ui';
import { SectionHead } from '../section-head';
import styles from '../settings-page.module.css';
import { OnceShown } from './once-shown';

const ROLES = ['integration', 'auditor'] as const;

/** The keys of programs: made, shown once, revoked. */
export function ApiKeysList() {
  const { t } = useTranslation('accounts');
  const { data } = useApiKeys();
  const mayConfigure = useMayConfigure();
  const [isOpen, setOpen] = useState(false);
  const add = mayConfigure && (
    <Button leftSection={<IconPlus size={15} stroke={1.8} />} onClick={() => setOpen(true)}>
      {t('keys.new')}
    </Button>
  );
  return (
    <div className={styles.apart}>
      <SectionHead title={t('keys.title')} hint={t('keys.hint')} actions={add} />
      {data?.items.length === 0 && (
        <EmptyState icon={IconKey} title={t('keys.none')}>
          {t('keys.noneHint')}
        </EmptyState>
      )}
      <ul className={styles.list}>
        {data?.items.map((key) => (
          <KeyRow key={key.id} apiKey={key} mayRevoke={mayConfigure} />
        ))}
      </ul>
      {isOpen && <NewKeyDialog onClose={() => setOpen(false)} />}
    </div>
  );
}

function KeyRow({ apiKey, mayRevoke }: { readonly apiKey: ApiKey; readonly mayRevoke: boolean }) {
  const { t } = useTranslation('accounts');
  const words = useWords();
  const dates = useDates();
  const revoke = useRevokeApiKey();
  return (
    <li className={styles.row}>
      <span className={styles.grow}>
        <span className={styles.name}>
          {apiKey.name} <span className={styles.quiet}>{words.role(apiKey.role)}</span>
        </span>
        <span className={styles.quiet}>{t('keys.made', { when: dates.day(apiKey.made) })}</span>
      </span>
      {apiKey.revoked ? (
        <Chip>{t('keys.revoked')}</Chip>
      ) : (
        mayRevoke && (
          <Button variant="subtle" color="red" loading={revoke.isPending} onClick={() => revoke.mutate(apiKey.id)}>
            {t('keys.revoke')}
          </Button>
        )
      )}
    </li>
  );
}

function NewKeyDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('accounts');
  const words = useWords();
  const make = useMakeApiKey();
  const [name, setName] = useState('');
  const [role, setRole] = useState<(typeof ROLES)[number]>('integration');
  return (
    <Modal opened onClose={onClose} size={440} title={t('keys.new')} closeButtonProps={{ 'aria-label': t('close') }}>
      {make.data ? (
        <OnceShown hint={t('keys.once')} secret={make.data.key} />
      ) : (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            make.mutate({ name, role });
          }}
        >
          <TextInput label={t('keys.name')} value={name} required data-autofocus onChange={(event) => setName(event.currentTarget.value)} />
          <Select
            label={t('keys.role')}
            data={ROLES.map((value) => ({ value, label: t(`keys.${value}`) }))}
            value={role}
            allowDeselect={false}
            onChange={(value) => setRole(ROLES.find((one) => one === value) ?? role)}
          />
          {make.error && <p role="alert">{words.error(make.error)}</p>}
          <Group justify="flex-end">
            <Button type="submit" variant="filled" loading={make.isPending}>
              {t('keys.make')}
            </Button>
          </Group>
        </form>
      )}
    </Modal>
  );
}
