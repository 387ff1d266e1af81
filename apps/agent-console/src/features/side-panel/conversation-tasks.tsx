import type { Conversation } from '@claimline/protocol';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTasks } from '../../client';
import { useOffer } from '../../commands';
import { PanelSection, TaskForm, TaskRow, useMayWrite } from '../../ui';
import styles from './side-panel.module.css';

/** What is to be done about this conversation, finished with one click on how it ended. */
export function ConversationTasks({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useTranslation('side-panel');
  const mayWrite = useMayWrite();
  const [adding, setAdding] = useState(false);
  const { data: here = [] } = useTasks('all', 'open', { conversation: conversation.id });
  useOffer([mayWrite && { id: 'conversation.add-task', title: t('tasks.add'), section: t('claim.command'), run: () => setAdding(true) }]);
  const add = mayWrite && (
    <Tooltip label={t('tasks.add')}>
      <ActionIcon aria-label={t('tasks.add')} aria-expanded={adding} onClick={() => setAdding(!adding)}>
        <IconPlus size={16} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
  if (here.length === 0 && !mayWrite) return null;
  return (
    <PanelSection title={here.length > 0 ? t('tasks.count', { count: here.length }) : t('tasks.title')} aside={add}>
      {adding && <TaskForm conversation={conversation.id} claim={conversation.claim?.number} onDone={() => setAdding(false)} />}
      {here.length > 0 && (
        <ul className={styles.rows}>
          {here.map((task) => (
            <TaskRow key={task.id} task={task} />
          ))}
        </ul>
      )}
    </PanelSection>
  );
}
