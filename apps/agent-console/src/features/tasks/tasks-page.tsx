import type { Task } from '@claimline/protocol';
import { Button, Select } from '@mantine/core';
import { IconChecklist, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useScheduled, useTasks } from '../../client';
import { useWords } from '../../locales';
import { GoLink, hrefs } from '../../navigation';
import { EmptyState, ErrorState, MoreRows, Page, SkeletonRows, TabsLine, TaskForm, TaskRow, useMayWrite, useNow } from '../../ui';
import { byUrgency } from './by-urgency';
import { PromisesList } from './promises-list';
import styles from './tasks-page.module.css';

const VIEWS = ['mine', 'unowned', 'all'] as const;
const STATES = ['open', 'done', 'canceled'] as const;

/** Everything that somebody has to do, nearest due first, and what is over, the last one first. */
export function TasksPage() {
  const { t } = useTranslation('tasks');
  const words = useWords();
  const mayWrite = useMayWrite();
  const [view, setView] = useState<(typeof VIEWS)[number]>('mine');
  const [state, setState] = useState<(typeof STATES)[number]>('open');
  const [adding, setAdding] = useState(false);
  const query = useTasks(view, state);
  const later = useScheduled('mine').data?.length ?? 0;
  const actions = (
    <>
      <GoLink href={hrefs.scheduled} className={styles.later}>
        {t('later', { count: later })}
      </GoLink>
      <TabsLine
        label={t('view.label')}
        value={view}
        onChange={setView}
        tabs={VIEWS.map((value) => ({ value, name: t(`view.${value}`) }))}
      />
      <Select
        aria-label={t('state')}
        w={112}
        data={STATES.map((value) => ({ value, label: words.of('taskState', value) }))}
        value={state}
        onChange={(value) => setState(STATES.find((one) => one === value) ?? 'open')}
      />
      {mayWrite && (
        <Button leftSection={<IconPlus size={14} stroke={1.8} />} onClick={() => setAdding(true)}>
          {t('add')}
        </Button>
      )}
    </>
  );
  return (
    <Page title={t('title')} actions={actions}>
      <div className={styles.column}>
        {adding && (
          <div className={styles.form}>
            <TaskForm onDone={() => setAdding(false)} />
          </div>
        )}
        {state === 'open' && view !== 'unowned' && (
          <>
            <PromisesList view="broken" whose={view} />
            <PromisesList view="today" whose={view} />
          </>
        )}
        {query.isPending && <SkeletonRows count={6} height={64} />}
        {query.isError && !query.data && <ErrorState error={query.error} retry={() => void query.refetch()} />}
        {query.data?.length === 0 && (
          <EmptyState icon={IconChecklist} title={t(`empty.${view}`)}>
            {t('empty.hint')}
          </EmptyState>
        )}
        {query.data &&
          query.data.length > 0 &&
          (state === 'open' ? (
            <ByUrgency tasks={query.data} owned={view === 'all'} />
          ) : (
            <TaskList tasks={query.data} owned={view === 'all'} />
          ))}
        <MoreRows query={query} />
      </div>
    </Page>
  );
}

interface TaskListProps {
  readonly tasks: readonly Task[];
  readonly owned: boolean;
}

function ByUrgency({ tasks, owned }: TaskListProps) {
  const { t } = useTranslation('tasks');
  const groups = byUrgency(tasks, useNow());
  return groups.map(([urgency, some]) => (
    <section key={urgency} className={styles.group} aria-label={t(`group.${urgency}`)}>
      <h2 className={styles.heading}>
        {t(`group.${urgency}`)} <span>{some.length}</span>
      </h2>
      <TaskList tasks={some} owned={owned} />
    </section>
  ));
}

function TaskList({ tasks, owned }: TaskListProps) {
  return (
    <ul className={styles.list}>
      {tasks.map((task) => (
        <TaskRow key={task.id} task={task} full owned={owned} />
      ))}
    </ul>
  );
}
