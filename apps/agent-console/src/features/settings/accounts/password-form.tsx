import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangePassword } from '../../../client';
import { useWords } from '../../../locales';
import styles from '../settings-page.module.css';

/** Changes my own password. */
export function PasswordForm() {
  const { t } = useTranslation('accounts');
  const words = useWords();
  const change = useChangePassword();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const save = () =>
    change.mutate(
      { current, password },
      {
        onSuccess: () => {
          setCurrent('');
          setPassword('');
        },
      },
    );
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <h3 className={styles.title}>{t('password.change')}</h3>
      <PasswordInput
        label={t('password.current')}
        value={current}
        autoComplete="current-password"
        required
        onChange={(event) => setCurrent(event.currentTarget.value)}
      />
      <PasswordInput
        label={t('password.new')}
        description={t('password.hint')}
        value={password}
        minLength={12}
        autoComplete="new-password"
        required
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={change.error ? words.error(change.error) : undefined}
      />
      <Button type="submit" loading={change.isPending}>
        {t('password.change')}
      </Button>
      {change.isSuccess && (
        <p className={styles.hint} role="status">
          {t('password.changed')}
        </p>
      )}
    </form>
  );
}
