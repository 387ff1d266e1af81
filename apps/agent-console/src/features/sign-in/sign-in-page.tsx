import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSignIn } from '../../client';
import { speak, useWords, type Locale } from '../../locales';
import styles from './sign-in-page.module.css';

const OTHER: Readonly<Record<Locale, readonly [Locale, string]>> = { en: ['zh-CN', '简体中文'], 'zh-CN': ['en', 'English'] };

/** Who are you? The only page a stranger sees. */
export function SignInPage() {
  const { t, i18n } = useTranslation('sign-in');
  const words = useWords();
  const signIn = useSignIn();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [other, otherName] = OTHER[i18n.language === 'zh-CN' ? 'zh-CN' : 'en'];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ email: email.trim(), password });
  };
  return (
    <main className={styles.page}>
      <form className={styles.card} onSubmit={submit} aria-labelledby="sign-in-title">
        <img src="/icon.svg" alt="" width={36} height={36} />
        <div>
          <h1 id="sign-in-title" className={styles.title}>
            {t('title')}
          </h1>
          <p className={styles.text}>{t('text')}</p>
        </div>
        <TextInput
          label={t('email')}
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          size="md"
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('password')}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          size="md"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('show') }}
        />
        <div role="alert" className={styles.problem}>
          {signIn.error ? words.error(signIn.error) : ''}
        </div>
        <Button type="submit" variant="filled" size="lg" loading={signIn.isPending} fullWidth>
          {t('go')}
        </Button>
      </form>
      <button type="button" className={styles.language} lang={other} onClick={() => void speak(other)}>
        {otherName}
      </button>
    </main>
  );
}
