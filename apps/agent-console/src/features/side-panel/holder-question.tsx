import type { Conversation } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useChooseHolder, useHolderCode } from '../../client';
import { useWords } from '../../locales';
import { PanelSection, toast, useMayWrite } from '../../ui';
import styles from './side-panel.module.css';

/** Several people share the address: until somebody says who is writing, no detail of a claim may be told. */
export function HolderQuestion({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useTranslation('side-panel');
  const words = useWords();
  const choose = useChooseHolder();
  const code = useHolderCode(conversation.id);
  const sendCode = (contact: string) => code.mutate(contact, { onSuccess: ({ to }) => toast({ text: t('holder.sent', { to }) }) });
  const mayWrite = useMayWrite();
  return (
    <PanelSection title={t('holder.title')}>
      <p className={styles.hint}>{t('holder.hint')}</p>
      <div className={styles.choices}>
        {conversation.holders.map((holder) => (
          <Button.Group key={holder.id}>
            <Button
              disabled={!mayWrite}
              loading={choose.isPending && choose.variables.contact === holder.id}
              onClick={() => choose.mutate({ id: conversation.id, contact: holder.id })}
            >
              {holder.name}
            </Button>
            <Button
              variant="default"
              disabled={!mayWrite}
              title={t('holder.codeHint')}
              aria-label={t('holder.codeFor', { name: holder.name })}
              loading={code.isPending && code.variables === holder.id}
              onClick={() => sendCode(holder.id)}
            >
              {t('holder.code')}
            </Button>
          </Button.Group>
        ))}
      </div>
      {code.isError && (
        <p className={styles.problem} role="alert">
          {words.error(code.error)}
        </p>
      )}
      {choose.isError && (
        <p className={styles.problem} role="alert">
          {words.error(choose.error)}
        </p>
      )}
    </PanelSection>
  );
}
