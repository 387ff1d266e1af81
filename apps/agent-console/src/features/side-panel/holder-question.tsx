import type { Conversation } from '@claimline/protocol';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useChooseHolder } from '../../client';
import { useWords } from '../../locales';
import { PanelSection, useMayWrite } from '../../ui';
import styles from './side-panel.module.css';

/** Several people share the address: until somebody says who is writing, no detail of a claim may be told. */
export function HolderQuestion({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useTranslation('side-panel');
  const words = useWords();
  const choose = useChooseHolder();
  const mayWrite = useMayWrite();
  return (
    <PanelSection title={t('holder.title')}>
      <p className={styles.hint}>{t('holder.hint')}</p>
      <div className={styles.choices}>
        {conversation.holders.map((holder) => (
          <Button
            key={holder.id}
            disabled={!mayWrite}
            loading={choose.isPending && choose.variables.contact === holder.id}
            onClick={() => choose.mutate({ id: conversation.id, contact: holder.id })}
          >
            {holder.name}
          </Button>
        ))}
      </div>
      {choose.isError && (
        <p className={styles.problem} role="alert">
          {words.error(choose.error)}
        </p>
      )}
    </PanelSection>
  );
}
