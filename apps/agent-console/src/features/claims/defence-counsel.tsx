import type { Claim } from '@claimline/protocol';
import { Button, TextInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useDefenceThread } from '../../client';
import { useWords } from '../../locales';
import { hrefs, useGo } from '../../navigation';
import { PanelSection, useMayWrite } from '../../ui';
import styles from './claim-page.module.css';

/** The way to the privileged thread with our own counsel; who that is, is asked once. */
export function DefenceCounsel({ claim }: { readonly claim: Claim }) {
  const { t } = useTranslation('aftercare');
  const words = useWords();
  const mayWrite = useMayWrite();
  const go = useGo();
  const thread = useDefenceThread(claim.number);
  const [asking, setAsking] = useState(false);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const known = claim.parties.find(({ role, contact }) => role === 'defence-counsel' && contact);
  if (!mayWrite) return null;
  const open = (counsel: Parameters<typeof thread.mutateAsync>[0]['counsel']) =>
    void thread.mutateAsync({ counsel }).then(
      ({ conversation }) => go(hrefs.conversation(conversation)),
      () => undefined,
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() && email.trim()) open({ name: name.trim(), email: email.trim() });
  };
  return (
    <PanelSection title={t('defence.title')}>
      {(known ?? asking) && <p className={styles.none}>{t('defence.hint')}</p>}
      {known?.contact && (
        <Button
          size="xs"
          leftSection={<IconLock size={14} stroke={1.6} />}
          loading={thread.isPending}
          onClick={() => open({ contact: known.contact!.id })}
        >
          {t('defence.open', { name: known.name })}
        </Button>
      )}
      {!known && !asking && (
        <Button size="xs" leftSection={<IconLock size={14} stroke={1.6} />} onClick={() => setAsking(true)}>
          {t('defence.add')}
        </Button>
      )}
      {!known && asking && (
        <form onSubmit={submit}>
          <TextInput
            autoFocus
            label={t('defence.name')}
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            type="email"
            label={t('defence.email')}
            value={email}
            maxLength={200}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" mt={8} variant="filled" disabled={!name.trim() || !email.trim()} loading={thread.isPending}>
            {t('defence.start')}
          </Button>
        </form>
      )}
      {thread.isError && <p role="alert">{words.error(thread.error)}</p>}
    </PanelSection>
  );
}
