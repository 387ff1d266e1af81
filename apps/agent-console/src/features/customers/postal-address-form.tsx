import { Button, Group, Textarea } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddPostalAddress } from '../../client';
import { useWords } from '../../locales';
import styles from './customer-page.module.css';

// The shortest that the hub takes for one.
const SHORTEST = 5;

/** Notes where a customer gets letters; from then on letters can be written to them. */
export function PostalAddressForm({ contact }: { readonly contact: string }) {
  const { t } = useTranslation('customers');
  const words = useWords();
  const add = useAddPostalAddress();
  const [value, setValue] = useState<string | null>(null);
  if (value === null) {
    return (
      <Button variant="subtle" size="xs" leftSection={<IconPlus size={14} stroke={1.8} />} onClick={() => setValue('')}>
        {t('postal.open')}
      </Button>
    );
  }
  const save = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ id: contact, value }, { onSuccess: () => setValue(null) });
  };
  return (
    <form className={`${styles.form} ${styles.postal}`} onSubmit={save}>
      <Textarea
        label={t('postal.label')}
        description={t('postal.hint')}
        autosize
        minRows={3}
        maxLength={320}
        autoFocus
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
        error={add.error ? words.error(add.error) : undefined}
      />
      <Group gap="xs">
        <Button type="submit" variant="filled" size="xs" loading={add.isPending} disabled={value.trim().length < SHORTEST}>
          {t('postal.save')}
        </Button>
        <Button variant="subtle" size="xs" onClick={() => setValue(null)}>
          {t('postal.cancel')}
        </Button>
      </Group>
    </form>
  );
}
