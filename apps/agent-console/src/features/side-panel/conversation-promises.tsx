import type { Conversation } from '@claimline/protocol';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePromises } from '../../client';
import { useOffer } from '../../commands';
import { PanelSection, PromiseForm, PromiseRow, useMayWrite } from '../../ui';
import styles from './side-panel.module.css';

/** What this customer was told to expect: open and broken promises of the conversation and its claim. */
export function ConversationPromises({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useTranslation('aftercare');
  const mayWrite = useMayWrite();
  const [adding, setAdding] = useState(false);
  const { data = [] } = usePromises({ view: 'all', whose: 'all', conversation: conversation.id });
  const here = data.filter(({ state, settledAt }) => state === 'open' || (state === 'broken' && settledAt === null));
  useOffer([mayWrite && { id: 'conversation.promise', title: t('promise.add'), section: t('promise.title'), run: () => setAdding(true) }]);
  const add = mayWrite && (
    <Tooltip label={t('promise.add')}>
      <ActionIcon aria-label={t('promise.add')} aria-expanded={adding} onClick={() => setAdding(!adding)}>
        <IconPlus size={16} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
  if (here.length === 0 && !mayWrite) return null;
  return (
    <PanelSection title={t('promise.title')} aside={add}>
      {adding && <PromiseForm conversation={conversation.id} onDone={() => setAdding(false)} />}
      {here.length > 0 && (
        <ul className={styles.rows}>
          {here.map((promise) => (
            <PromiseRow key={promise.id} promise={promise} />
          ))}
        </ul>
      )}
    </PanelSection>
  );
}
